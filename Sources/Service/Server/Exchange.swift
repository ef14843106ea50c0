import HTTPTypes
import HummingbirdCore
import NIOCore
import ServiceLifecycle

/// One request and its answer, between the library and a handler.
struct Exchange: Sendable {
    let settings: ServerSettings
    let draining: Draining
    let budget: BodyBudget
    let observe: @Sendable (RequestRecord) -> Void
    let handler: HTTPServer.Handler

    @Sendable func respond(
        to request: Request, with writer: consuming ResponseWriter, on channel: any Channel
    ) async throws {
        var watch = RequestWatch(request, observe)
        do {
            try await answer(request, with: writer, &watch)
        } catch {
            watch.tellBroken(by: error)
            throw error
        }
    }

    private func answer(
        _ request: Request, with writer: consuming ResponseWriter, _ watch: inout RequestWatch
    ) async throws {
        var isTaken = draining.enter()
        defer { if isTaken { draining.leave() } }
        var body = BodyReader(request, limit: settings.maximumBody, budget: budget)
        defer { body.forget() }
        var response: ServerResponse
        if let refused = refusal(of: request, isTaken: isTaken) {
            response = watch.refuse(refused)
        } else if let target = RequestTarget(request.head.path ?? "") {
            watch.record.path = target.path
            func asked(_ bytes: [UInt8]) -> ServerRequest {
                ServerRequest(
                    method: watch.record.method, path: target.path, query: target.query, fields: request.headers,
                    body: bytes, serverIsEnding: draining.isEnding)
            }
            if let answer = settings.admission(asked([])) {
                response = watch.refuse((.admission, answer))
            } else {
                if request.headers[.expect]?.lowercased() == "100-continue" {
                    try await writer.writeInformationalHead(HTTPResponse(status: .continue))
                }
                switch try await body.read() {
                case .whole(let bytes):
                    watch.record.bytesRead = bytes.count
                    response = await handler(asked(bytes))
                case .tooLong: response = watch.refuse(tooLong)
                case .crowded: response = watch.refuse(unavailable(.crowded, "Too much is being sent at once."))
                }
            }
        } else {
            response = settings.refusal(400, "The address is not one that anything can have.")
        }
        let isLast = watch.record.refusal != nil || !body.isRead
        if draining.isEnding || isLast { response.headers.append(("connection", "close")) }
        if case .stream(let parts) = response.body, request.method != .head {
            watch.tell(response)
            // One that never ends by itself is not waited for when the server ends.
            if isTaken { draining.leave() }
            isTaken = false
            try await send(parts, head: response.head, with: writer)
        } else {
            try await writer.write(response: response.head, body: response.content(of: request.method))
            watch.tell(response)
        }
        if !body.isRead { try await body.discard() }
        if isLast { throw ConnectionEnding.refused }
    }

    /// What is refused before its body is read.
    private func refusal(of request: Request, isTaken: Bool) -> RequestWatch.Refused? {
        if !isTaken { return unavailable(.ending, "The server is ending.") }
        guard settings.hosts.allows(request.head.authority) else {
            return (.host, settings.refusal(421, "This server does not go by that name."))
        }
        if let length = BodyReader.length(of: request), length > settings.maximumBody { return tooLong }
        return nil
    }

    private var tooLong: RequestWatch.Refused {
        (.body, settings.refusal(413, "A body may have \(settings.maximumBody) bytes."))
    }

    /// Now, but not for long.
    private func unavailable(_ refusal: RequestRecord.Refusal, _ sentence: String) -> RequestWatch.Refused {
        var response = settings.refusal(503, sentence)
        response.headers.append(("retry-after", "1"))
        return (refusal, response)
    }

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
