/// A look at a query for clients that cannot be asked whether it is one `SELECT`: quotes and comments that end, parentheses
/// that close, nothing behind a semicolon, no command of a client.
///
/// It is the second fence: the first is that a project's commands run only once it is trusted.
struct QueryScan {
    private var rest: [UInt8]
    private var index = 0
    private let dialect: SQLDialect
    private var depth = 0
    private var words: [String] = []
    private var hasEnded = false

    /// Functions that run code of the engine's host.
    private static let foreign = ["reflect", "java_method", "try_reflect", "transform"]

    private init(_ query: String, _ dialect: SQLDialect) {
        rest = Array(query.utf8)
        self.dialect = dialect
    }

    /// What is wrong with a query; nil for nothing.
    static func fault(of query: String, _ dialect: SQLDialect) -> String? {
        var scan = QueryScan(query, dialect)
        if let fault = scan.run() { return fault }
        guard let first = scan.words.first, ["select", "with", "values", "table"].contains(first) else {
            return "it begins with SELECT or WITH"
        }
        let hosts = scan.words.first { foreign.contains($0) }
        return hosts.map { "\($0) runs code, and data needs none" }
    }

    private mutating func run() -> String? {
        while index < rest.count {
            let byte = rest[index]
            let next = index + 1 < rest.count ? rest[index + 1] : 0
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            case UInt8(ascii: "-") where next == byte: skip(to: [0x0A], isOpen: true)
            case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
                index += 2
                guard skip(to: Array("*/".utf8), isOpen: false) else { return "a comment of it has no end" }
            case _ where hasEnded: return "something stands behind its semicolon"
            case UInt8(ascii: ";"):
                hasEnded = true
                index += 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
                guard quoted(byte) else { return "a quote of it has no end" }
            case UInt8(ascii: "("), UInt8(ascii: ")"):
                depth += byte == UInt8(ascii: "(") ? 1 : -1
                guard depth >= 0 else { return "a parenthesis closes that was not opened" }
                index += 1
            case UInt8(ascii: "\\"),
                UInt8(ascii: "!") where next != UInt8(ascii: "="), 0:
                return "a backslash or exclamation mark could be a command of the client"
            default: word()
            }
        }
        return depth == 0 ? nil : "a parenthesis is not closed"
    }

    @discardableResult
    private mutating func skip(to end: [UInt8], isOpen: Bool) -> Bool {
        while index < rest.count {
            if rest[index...].starts(with: end) {
                index += end.count
                return true
            }
            index += 1
        }
        return isOpen
    }

    private mutating func quoted(_ quote: UInt8) -> Bool {
        let escapes = [.spark, .bigquery, .snowflake].contains(dialect)
        index += 1
        while index < rest.count {
            if escapes, rest[index] == UInt8(ascii: "\\") {
                index += 2
            } else if rest[index] == quote {
                index += 1
                guard index < rest.count, rest[index] == quote else { return true }
                index += 1
            } else {
                index += 1
            }
        }
        return false
    }

    private mutating func word() {
        func continues(_ byte: UInt8) -> Bool {
            byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
                || (0x41...0x5A).contains(byte & 0xDF)
        }
        let start = index
        while index < rest.count, continues(rest[index]) { index += 1 }
        if index == start {
            index += 1
        } else {
            words.append(String(decoding: rest[start..<index], as: UTF8.self).lowercased())
        }
    }
}

extension String {
    /// A query without the semicolons and blanks at its end.
    var withoutEnd: String {
        var text = self
        while let last = text.last, last == ";" || last.isWhitespace { text.removeLast() }
        return text
    }

    /// A query with the table of its parameters in front.
    func withParameters(_ row: String?) -> String {
        row.map { "with report_parameters as (\($0))\nselect * from (\n\(self)\n) as r" } ?? self
    }
}
