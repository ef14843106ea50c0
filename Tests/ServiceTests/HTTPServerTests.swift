import Foundation
import Synchronization
import Testing

@testable import Service

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The server itself, over sockets.
@Suite(.serialized) struct HTTPServerTests {
    /// A connection that writes bytes and reads until the other end closes.
    private struct Connection: Sendable {
        let descriptor: Int32

        init(port: Int) throws {
            #if canImport(Glibc)
                descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            #else
                descriptor = socket(AF_INET, SOCK_STREAM, 0)
            #endif
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            try #require(result == 0)
            var timeout = timeval(tv_sec: 20, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        }

        func write(_ text: String) {
            let bytes = Array(text.utf8)
            _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        }

        /// All that comes until the end, or until `mark` has come.
        func read(until mark: String? = nil) -> String {
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count <= 0 { break }
                bytes += buffer[..<count]
                if let mark, String(decoding: bytes, as: UTF8.self).contains(mark) { break }
            }
            return String(decoding: bytes, as: UTF8.self)
        }

        func end() { close(descriptor) }
    }

    private func serving(
        _ change: (inout ServerSettings) -> Void = { _ in },
        observe: @escaping @Sendable (RequestRecord) -> Void = { _ in },
        handler: @escaping HTTPServer.Handler = { request in
            .text("\(request.method) \(request.path) \(request.body.count)\n")
        },
        _ body: @escaping @Sendable (Int, HTTPServer) async throws -> Void
    ) async throws {
        var settings = ServerSettings(address: ServerAddress(port: 0))
        settings.handlesSignals = false
        settings.grace = .milliseconds(50)
        change(&settings)
        let server = HTTPServer(settings, log: .silent, observe: observe, handler: handler)
        let ports = AsyncStream.makeStream(of: Int.self)
        async let running: Void = server.run { ports.continuation.yield($0) }
        for await port in ports.stream {
            do { try await body(port, server) } catch {
                server.stop()
                try await running
                throw error
            }
            break
        }
        server.stop()
        try await running
    }

    /// Blocks a thread of its own.
    private func exchange(_ port: Int, _ text: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let connection = try Connection(port: port)
                        defer { connection.end() }
                        connection.write(text)
                        return connection.read()
                    })
            }
        }
    }

    private static let last = "Host: localhost\r\nConnection: close\r\n"

    @Test func requestsAreAnswered() async throws {
        try await serving { port, _ in
            let plain = try await exchange(port, "GET /a%20b HTTP/1.1\r\n\(Self.last)\r\n")
            #expect(plain.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(plain.lowercased().contains("\r\ndate: "))
            #expect(plain.hasSuffix("\r\n\r\nGET /a b 0\n"))
            let body = try await exchange(port, "POST /x HTTP/1.1\r\n\(Self.last)Content-Length: 5\r\n\r\nhello")
            #expect(body.hasSuffix("POST /x 5\n"))
            let chunks = "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"
            let chunked = try await exchange(
                port, "POST /x HTTP/1.1\r\n\(Self.last)Transfer-Encoding: chunked\r\n\r\n\(chunks)")
            #expect(chunked.hasSuffix("POST /x 7\n"))
            let head = try await exchange(port, "HEAD /x HTTP/1.1\r\n\(Self.last)\r\n")
            #expect(head.lowercased().contains("content-length: 10") && head.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func severalRequestsShareAConnection() async throws {
        try await serving { port, _ in
            let one = "GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
            let answers = try await exchange(port, one + one + "GET /2 HTTP/1.1\r\n\(Self.last)\r\n")
            #expect(answers.components(separatedBy: "GET /1 0\n").count == 3)
            #expect(answers.hasSuffix("GET /2 0\n"))
        }
    }

    @Test func otherNamesAndPathsAreRefused() async throws {
        try await serving { port, _ in
            let host = try await exchange(port, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
            #expect(host.hasPrefix("HTTP/1.1 421 "))
            let none = try await exchange(port, "GET / HTTP/1.0\r\n\r\n")
            #expect(none.hasPrefix("HTTP/1.1 421 ") || none.hasPrefix("HTTP/1.0 421 "))
            let path = try await exchange(port, "GET /a/%2e%2e/b HTTP/1.1\r\n\(Self.last)\r\n")
            #expect(path.hasPrefix("HTTP/1.1 400 "))
            let broken = try await exchange(port, "NONSENSE\r\n\r\n")
            #expect(broken.isEmpty || broken.hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test func longBodiesAreRefused() async throws {
        try await serving({ $0.maximumBody = 10 }) { port, _ in
            let told = try await exchange(
                port, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\nhello world")
            #expect(told.hasPrefix("HTTP/1.1 413 ") && told.lowercased().contains("connection: close"))
            let found = try await exchange(
                port,
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n0\r\n\r\n"
            )
            #expect(found.hasPrefix("HTTP/1.1 413 "))
            let fits = try await exchange(port, "POST / HTTP/1.1\r\n\(Self.last)Content-Length: 10\r\n\r\n0123456789")
            #expect(fits.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func slowBodiesAreGivenUp() async throws {
        let records = Mutex([RequestRecord]())
        try await serving(
            { $0.bodyTimeout = .milliseconds(200) }, observe: { record in records.withLock { $0.append(record) } }
        ) { port, _ in
            let clock = ContinuousClock()
            let start = clock.now
            let lengths = ["Content-Length: 5\r\n\r\nab", "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"]
            for rest in lengths {
                let slow = try await exchange(port, "POST / HTTP/1.1\r\nHost: localhost\r\n\(rest)")
                #expect(slow.hasPrefix("HTTP/1.1 408 ") && slow.hasSuffix("in time.\n"), "\(rest)")
            }
            #expect(clock.now - start < .seconds(10))
        }
        let told = records.withLock { $0 }
        #expect(told.map(\.status) == [408, 408] && told.map(\.refusal) == [.slow, .slow])
    }

    /// What all bodies at once may take, a single one here, is free again when it is answered.
    @Test func bodiesAreNotHeldWithoutEnd() async throws {
        try await serving({ $0.maximumBodies = 8 }) { port, _ in
            for _ in 0..<3 {
                let fits = try await exchange(
                    port, "POST / HTTP/1.1\r\n\(Self.last)Content-Length: 8\r\n\r\n01234567")
                #expect(fits.hasPrefix("HTTP/1.1 200 "))
                let more = try await exchange(
                    port, "POST / HTTP/1.1\r\n\(Self.last)Content-Length: 9\r\n\r\n012345678")
                #expect(more.hasPrefix("HTTP/1.1 503 ") && more.lowercased().contains("\r\nretry-after: 1\r\n"))
            }
        }
    }

    /// Whoever is not let in is told so although the body has not come.
    @Test func admissionComesBeforeTheBody() async throws {
        try await serving({ $0.admission = { $0.header("x") == "1" ? nil : .text("no\n", status: 401) } }) { port, _ in
            let refused = try await exchange(
                port, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n")
            #expect(refused.hasPrefix("HTTP/1.1 401 ") && refused.hasSuffix("no\n"))
            let taken = try await exchange(port, "POST / HTTP/1.1\r\nX: 1\r\n\(Self.last)Content-Length: 1\r\n\r\n0")
            #expect(taken.hasPrefix("HTTP/1.1 200 "))
        }
    }

    /// Two answers that are longer than all buffers together, of which the other end takes none.
    @Test func answersThatNobodyTakesAreGivenUp() async throws {
        let records = Mutex([RequestRecord]())
        let long = ServerResponse.text(String(repeating: "x", count: 32 << 20))
        try await serving(
            { $0.answerTimeout = .milliseconds(300) }, observe: { record in records.withLock { $0.append(record) } },
            handler: { _ in long }
        ) { port, _ in
            let connection = try Connection(port: port)
            defer { connection.end() }
            let one = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
            connection.write(one + one)
            let clock = ContinuousClock()
            let start = clock.now
            while records.withLock({ $0.count }) < 2, clock.now - start < .seconds(20) {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(records.withLock { $0.last?.status } == 499)
        }
    }

    @Test func idleConnectionsAreClosed() async throws {
        try await serving({ $0.idleTimeout = .milliseconds(200) }) { port, _ in
            #expect(try await exchange(port, "GET / HTTP/1.1\r\nHost: local") == "")
            let answered = try await exchange(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(answered.hasSuffix("GET / 0\n"))
        }
    }

    /// What was taken before the server is told to end is answered, and who asks later is told.
    @Test func requestsThatWereTakenAreAnswered() async throws {
        let taken = Mutex(0)
        let slow: HTTPServer.Handler = { request in
            taken.withLock { $0 += 1 }
            try? await Task.sleep(for: .milliseconds(400))
            return .text("done\n")
        }
        try await serving(handler: slow) { port, server in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await exchange(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") }
                }
                while taken.withLock({ $0 }) < 20 { try await Task.sleep(for: .milliseconds(5)) }
                server.stop()
                server.stop()
                for try await answer in group {
                    #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.hasSuffix("done\n"))
                    #expect(answer.lowercased().contains("connection: close"))
                }
            }
        }
    }

    @Test func streamsEndWithTheServer() async throws {
        let handler: HTTPServer.Handler = { _ in
            let stream = AsyncStream.makeStream(of: [UInt8].self)
            stream.continuation.yield(Array("data: 1\n\n".utf8))
            return ServerResponse(headers: [("content-type", "text/event-stream")], body: .stream(stream.stream))
        }
        try await serving(handler: handler) { port, server in
            async let answer = exchange(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try await Task.sleep(for: .milliseconds(200))
            server.stop()
            #expect(try await answer.contains("data: 1\n\n"))
        }
    }

    @Test func aPortIsOnesOwn() async throws {
        try await serving { port, _ in
            let second = HTTPServer(
                ServerSettings(address: ServerAddress(port: port)), log: .silent, handler: { _ in .text("") })
            do throws(ServerFault) {
                try await second.run()
                Issue.record("two servers listen at one port")
            } catch {
                #expect(error.reason == .addressInUse)
            }
        }
    }

    @Test func linesOfTheLogAreJSON() throws {
        let lines = Mutex([String]())
        let log = ServerLog(level: .info) { line in lines.withLock { $0.append(line) } }
        log.log(.debug, "nothing")
        log.log(
            RequestRecord(
                method: "GET", path: "/\"x\"\n", status: 200, duration: .microseconds(1500), bytesRead: 1,
                bytesWritten: 2))
        let line = try #require(lines.withLock { $0 }.first)
        #expect(line.hasSuffix("}\n") && line.dropLast().allSatisfy { $0 != "\n" })
        let tree = try JSONTreeReader.read(Array(line.utf8))
        #expect(tree["path"] == .string("/\"x\"\n") && tree["milliseconds"] == .number(1.5))
        #expect(tree["level"] == .string("info") && tree["message"] == .string("request"))
    }
}
