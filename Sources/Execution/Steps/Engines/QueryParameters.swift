import Documents
import Engines
import Values

/// A query with `{params.x}` in it: each is the cell of a table beside the query, so that no value is ever part of its text.
struct QueryParameters {
    /// What was between braces, each once.
    private(set) var values: [(path: ResultPath, value: Value)] = []
    /// The query, subqueries in the place of braces.
    private(set) var text = ""

    /// What a parameter cannot be.
    struct Fault: Error {
        var message: String
        var offset: Int
    }

    init(_ query: String, root: Value) throws(Fault) {
        var rest = query[...]
        while let open = rest.firstIndex(of: "{") {
            text += rest[..<open]
            rest = rest[open...]
            let end = rest.firstIndex(of: "}")
            let path = end.flatMap { ResultPath(parsing: String(rest[rest.index(after: open)..<$0])) }
            guard let end, let path, path.root == "params" else {
                text += "{"
                rest = rest.dropFirst()
                continue
            }
            let offset = query.utf8.distance(from: query.startIndex, to: open)
            guard let value = root[path] else {
                throw Fault(message: "{\(path)} names nothing that is known here", offset: offset)
            }
            switch value {
            case .number, .string, .boolean: break
            default: throw Fault(message: "{\(path)} is a number, a text or a truth value in a query", offset: offset)
            }
            let place = values.firstIndex { $0.path == path } ?? values.count
            if place == values.count { values.append((path, value)) }
            text += "(select p\(place) from report_parameters)"
            rest = rest[rest.index(after: end)...]
        }
        text += rest
    }

    /// The table's one row; nil where there are no parameters.
    func row(_ dialect: SQLDialect) -> String? {
        guard !values.isEmpty else { return nil }
        return "select "
            + values.enumerated().map { "\(QueryParameters.literal($1.value, dialect)) as p\($0)" }
            .joined(separator: ", ")
    }

    private static func literal(_ value: Value, _ dialect: SQLDialect) -> String {
        switch value {
        case .number(let number) where number == number.rounded() && number.magnitude < 1e15:
            "\(number < 0 ? "(" : "")\(Int(number))\(number < 0 ? ")" : "")"
        case .number(let number): dialect.number(number)
        case .string(let text): dialect.text(text)
        default: value == .boolean(true) ? "(1 = 1)" : "(1 = 0)"
        }
    }
}
