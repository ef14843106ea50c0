/// What a handler answers.
package struct ServerResponse: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Sent as it comes, until it ends, the reader is gone or the server ends. A reader that is gone is seen only when something
        /// is sent to it: a stream that may be silent for long sends now and then what its reader passes over.
        case stream(AsyncStream<[UInt8]>)
    }

    package var status: Int
    /// The length and the date are the server's.
    package var headers: [(name: String, value: String)]
    package var body: Body

    package init(status: Int = 200, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(status: Int = 200, type: String, bytes: [UInt8]) {
        self.init(status: status, headers: [("content-type", type)], body: .bytes(bytes))
    }

    package static func text(_ text: String, status: Int = 200) -> ServerResponse {
        ServerResponse(status: status, type: "text/plain; charset=utf-8", bytes: Array(text.utf8))
    }
}
