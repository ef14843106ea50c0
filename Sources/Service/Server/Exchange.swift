import HTTPTypes
import HummingbirdCore
import NIOCore
import ServiceLifecycle

/// One request and its answer, between the library and a handler.
struct Exchange: Sendable {
    let settings: ServerSettings
    let draining: Draining
    let observe: @Sendable (RequestRecord) -> Void
    let handler: HTTPServer.Handler

    @Sendable func respond(
        to request: Request, with writer: consuming ResponseWriter, on channel: any Channel
    ) async throws {
        let start = ContinuousClock.now
        var record = RequestRecord(
            method: request.method.rawValue, path: request.head.path ?? "", status: 0, duration: .zero, bytesRead: 0,
            bytesWritten: 0)
        var isTaken = draining.enter()
        defer { if isTaken { draining.leave() } }
        var body = BodyReader(request, limit: settings.maximumBody)
        var response: ServerResponse
        var isLast = false
        if let refusal = refusal(of: request, isTaken: isTaken) {
            response = refusal
            isLast = true
        } else if let target = RequestTarget(request.head.path ?? "") {
            record.path = target.path
            if request.headers[.expect]?.lowercased() == "100-continue" {
                try await writer.writeInformationalHead(HTTPResponse(status: .continue))
            }
            if let bytes = try await body.read() {
                record.bytesRead = bytes.count
                response = await handler(
                    ServerRequest(
                        method: record.method, path: target.path, query: target.query, fields: request.headers,
                        body: bytes, serverIsEnding: draining.isEnding))
            } else {
                response = tooLarge
            }
        } else {
            response = settings.refusal(400, "The address is not one that anything can have.")
        }
        record.status = response.status
        record.bytesWritten = response.length ?? 0
        if draining.isEnding || isLast || !body.isRead { response.headers.append(("connection", "close")) }
        if case .stream(let parts) = response.body, request.method != .head {
            record.duration = ContinuousClock.now - start
            observe(record)
            // One that never ends by itself is not waited for when the server ends.
            if isTaken { draining.leave() }
            isTaken = false
            try await send(parts, head: response.head, with: writer)
        } else {
            try await writer.write(response: response.head, body: response.content(of: request.method))
            record.duration = ContinuousClock.now - start
            observe(record)
        }
        if !body.isRead { try await body.discard() }
        if isLast || !body.isRead { throw ConnectionEnding.refused }
    }

    /// What is refused before its body is read.
    private func refusal(of request: Request, isTaken: Bool) -> ServerResponse? {
        if !isTaken {
            var response = settings.refusal(503, "The server is ending.")
            response.headers.append(("retry-after", "1"))
            return response
        }
        guard settings.hosts.allows(request.head.authority) else {
            return settings.refusal(421, "This server does not go by that name.")
        }
        if let length = BodyReader.length(of: request), length > settings.maximumBody {
            return tooLarge
        }
        return nil
    }

    private var tooLarge: ServerResponse { settings.refusal(413, "A body may have \(settings.maximumBody) bytes.") }

    private func send(_ parts: AsyncStream<[UInt8]>, head: HTTPResponse, with writer: consuming ResponseWriter)
        async throws
    {
        var body = try await writer.writeHead(head)
        for await part in parts.cancelOnGracefulShutdown() {
            try await body.write(ByteBuffer(bytes: part))
        }
        try await body.finish(nil)
    }
}
