import Values

/// Why a request has no answer, as RFC 9457 has it, with all that is wrong with the request at once.
struct Problem: Error, Sendable {
    var status: Int
    var detail: String
    var faults: [Fault] = []
    var headers: [(name: String, value: String)] = []
    /// Of requests that were right, and not answered.
    var rejection: ServiceMetrics.Rejection?

    init(
        _ status: Int, _ detail: String, faults: [Fault] = [], headers: [(name: String, value: String)] = [],
        rejection: ServiceMetrics.Rejection? = nil
    ) {
        self.status = status
        self.detail = detail
        self.faults = faults
        self.headers = headers
        self.rejection = rejection
    }

    /// Whoever comes again soon may be answered.
    static let full = Problem(
        503, "Too many requests wait already.", headers: [("retry-after", "1")], rejection: .full)
    static let late = Problem(503, "The request took too long, and was given up.", rejection: .late)
    static let unknownToken = Problem(
        401, "This needs a token that is known.", headers: [("www-authenticate", "Bearer realm=\"report\"")])

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

    /// Of RFC 9110, as `about:blank` asks for.
    static let titles = [
        400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout",
        409: "Conflict", 413: "Content Too Large", 415: "Unsupported Media Type", 421: "Misdirected Request",
        422: "Unprocessable Content", 500: "Internal Server Error", 503: "Service Unavailable",
    ]
}
