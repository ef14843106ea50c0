import HTTPTypes

/// A request, wholly read.
package struct ServerRequest: Sendable {
    /// In capitals: `GET`.
    package let method: String
    /// From `/` on, percent escapes read; no segment of it is `.` or `..`, and none holds a slash, a backslash or a zero byte.
    package let path: String
    /// What stood behind `?`, as it was sent.
    package let query: String?
    package let body: [UInt8]
    /// Whether the server has been told to end, and asks nobody for more.
    package let serverIsEnding: Bool
    private let fields: HTTPFields

    init(method: String, path: String, query: String?, fields: HTTPFields, body: [UInt8], serverIsEnding: Bool) {
        self.method = method
        self.path = path
        self.query = query
        self.fields = fields
        self.body = body
        self.serverIsEnding = serverIsEnding
    }

    /// For handlers' tests.
    package init(
        method: String = "GET", path: String, query: String? = nil, headers: [(String, String)] = [],
        body: [UInt8] = [],
        serverIsEnding: Bool = false
    ) {
        var fields = HTTPFields()
        for (name, value) in headers { HTTPField.Name(name).map { fields.append(HTTPField(name: $0, value: value)) } }
        self.init(method: method, path: path, query: query, fields: fields, body: body, serverIsEnding: serverIsEnding)
    }

    /// A header field by its name in any case; several of one name are joined by commas.
    package func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { fields[$0] } }

    /// The first value of a parameter of the query, percent escapes and `+` read.
    package func parameter(_ name: String) -> String? {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.first.flatMap({ RequestTarget.decoded($0, plusIsSpace: true) }) == name {
                return parts.count == 2 ? RequestTarget.decoded(parts[1], plusIsSpace: true) : ""
            }
        }
        return nil
    }
}
