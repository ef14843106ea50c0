import Values

/// Why a request has no answer, as RFC 9457 has it, with all that is wrong with the request at once.
struct Problem: Error, Sendable {
    var status: Int
    var detail: String
    var faults: [Fault] = []
    var headers: [(name: String, value: String)] = []

    init(_ status: Int, _ detail: String, faults: [Fault] = [], headers: [(name: String, value: String)] = []) {
        self.status = status
        self.detail = detail
        self.faults = faults
        self.headers = headers
    }

    static func invalid(_ faults: [Fault]) -> Problem {
        Problem(422, "The request is not of the form that this takes.", faults: faults)
    }

    /// Of the right form, and yet nothing that has an answer.
    static func contradictory(_ faults: [Fault]) -> Problem {
        Problem(
            409, "The request is of the right form, but what it says has no answer.",
            faults: Array(faults.prefix(SchemaCheck.limit)))
    }

    var response: ServerResponse {
        var value: Object = [
            "type": "about:blank", "title": .string(Problem.titles[status] ?? "Error"), "status": Value(status),
            "detail": .string(detail),
        ]
        if !faults.isEmpty {
            value["errors"] = .list(
                faults.map { ["pointer": .string($0.pointer), "detail": .string($0.sentence)] })
        }
        var response = ServerResponse(
            status: status, type: "application/problem+json", bytes: Value.object(value).compactBytes)
        response.headers += headers
        return response
    }

    /// Of RFC 9110 and RFC 6585, as `about:blank` asks for.
    static let titles = [
        400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout",
        409: "Conflict", 413: "Content Too Large", 415: "Unsupported Media Type", 421: "Misdirected Request",
        422: "Unprocessable Content", 429: "Too Many Requests", 500: "Internal Server Error",
        503: "Service Unavailable",
    ]
}
