/// A look at a query for clients that cannot be asked whether it is one `SELECT`: quotes and comments that end, parentheses
/// that close, nothing behind a semicolon, no command of a client.
///
/// It is the second fence: the first is that a project's commands run only once it is trusted. Of Spark's dialect everything
/// is refused at which Spark's own reading could part from this one, and at which its client cuts or changes a text.
struct QueryScan {
    /// What is wrong with a query.
    struct Fault: Error, Hashable {
        var message: String
    }

    private var rest: [UInt8]
    private var index = 0
    private let dialect: SQLDialect
    private var depth = 0
    /// The first word.
    private var first: String?
    /// The word or quoted name behind which nothing but blanks came yet.
    private var name: String?
    private var hasEnded = false
    private var isHint = false
    /// The query without comments.
    private var kept: [UInt8] = []

    /// Functions that run code of the engine's host, and `identifier`, which makes names of any text.
    private static let foreign = ["reflect", "java_method", "try_reflect", "identifier"]

    private init(_ query: String, _ dialect: SQLDialect) {
        rest = Array(query.utf8)
        self.dialect = dialect
    }

    /// The query as it may be sent, without comments and without the semicolon at its end.
    static func scanned(_ query: String, _ dialect: SQLDialect) -> Result<String, Fault> {
        var scan = QueryScan(query, dialect)
        do throws(Fault) {
            try scan.run()
        } catch {
            return .failure(error)
        }
        guard let first = scan.first, ["select", "with", "values", "table"].contains(first) else {
            return .failure(Fault(message: "it begins with SELECT or WITH"))
        }
        return .success(String(decoding: scan.kept, as: UTF8.self).withoutEnd)
    }

    /// What is wrong with a query; nil for nothing.
    static func fault(of query: String, _ dialect: SQLDialect) -> String? {
        if case .failure(let fault) = scanned(query, dialect) { fault.message } else { nil }
    }

    /// What a statement of this program may not hold for a client of Spark's, whatever names are in it. The client cuts what it
    /// is given at semicolons, leaves out lines that begin with two hyphens, and takes quotes and comments between backquotes
    /// for such as stand outside of them.
    static func clientFault(of statement: String) -> String? {
        if statement.contains(";") { return "a name holds a semicolon, at which Spark's client cuts a query" }
        let lines = statement.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        if lines.contains(where: { $0.hasPrefix("--") }) { return "a line of a name begins with --" }
        let odd = ["'", "\"", "\\", "--", "/*"].first { mark in
            names(in: statement).contains { $0.contains(mark) }
        }
        return odd.map { "a name holds \($0), which Spark's client takes for what it is elsewhere" }
    }

    /// What stands between backquotes.
    private static func names(in statement: String) -> [String] {
        var names: [String] = []
        var quote: Character?
        var name = ""
        var isEscaped = false
        for character in statement {
            if let open = quote {
                let closes = character == open && !isEscaped
                isEscaped = character == "\\" && !isEscaped && open != "`"
                if closes { quote = nil }
                if closes, open == "`" { names.append(name) }
                if !closes { name.append(character) }
            } else if ["'", "\"", "`"].contains(character) {
                (quote, name, isEscaped) = (character, "", false)
            }
        }
        return names
    }

    private func byte(_ offset: Int) -> UInt8 { index + offset < rest.count ? rest[index + offset] : 0 }

    private mutating func keep(_ count: Int) {
        kept += rest[index..<min(rest.count, index + count)]
        index += count
    }

    private mutating func run() throws(Fault) {
        while index < rest.count {
            let (byte, next) = (byte(0), byte(1))
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: keep(1)
            case UInt8(ascii: "-") where next == byte: try lineComment()
            case UInt8(ascii: "/") where next == UInt8(ascii: "*"): try comment()
            case UInt8(ascii: "*") where next == UInt8(ascii: "/") && isHint:
                isHint = false
                keep(2)
            case _ where hasEnded: throw Fault(message: "something stands behind its semicolon")
            case UInt8(ascii: ";"):
                hasEnded = true
                name = nil
                index += 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): try quoted(byte)
            case UInt8(ascii: "("), UInt8(ascii: ")"):
                depth += byte == UInt8(ascii: "(") ? 1 : -1
                guard depth >= 0 else { throw Fault(message: "a parenthesis closes that was not opened") }
                if byte == UInt8(ascii: "("), let name, QueryScan.foreign.contains(name) {
                    throw Fault(message: "\(name) can run code of the engine's host, and data needs none")
                }
                name = nil
                keep(1)
            case UInt8(ascii: "\\"),
                UInt8(ascii: "!") where next != UInt8(ascii: "="), 0:
                throw Fault(message: "a backslash or exclamation mark could be a command of the client")
            default: try word()
            }
        }
        guard depth == 0, !isHint else { throw Fault(message: "a parenthesis is not closed") }
    }

    // MARK: Comments

    private mutating func lineComment() throws(Fault) {
        let end = rest[index...].firstIndex(of: 0x0A) ?? rest.count
        let text = rest[index..<end]
        // Where a comment of Spark's ends is told by these, too.
        guard dialect != .spark || !text.dropLast().contains(0x0D) && !text.contains(UInt8(ascii: "\\")) else {
            throw Fault(message: "a comment of it holds a backslash or a carriage return")
        }
        index = end
    }

    private mutating func comment() throws(Fault) {
        // A hint of Spark's is none, though it looks like one.
        if dialect == .spark, byte(2) == UInt8(ascii: "+") {
            isHint = true
            return keep(3)
        }
        index += 2
        while index < rest.count {
            if byte(0) == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
                index += 2
                kept.append(0x20)
                return
            }
            // Some engines have comments in comments, and others have not.
            if byte(0) == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
                throw Fault(message: "a comment stands within a comment")
            }
            index += 1
        }
        throw Fault(message: "a comment of it has no end")
    }

    // MARK: Tokens

    private mutating func quoted(_ quote: UInt8) throws(Fault) {
        let start = index
        let isSpark = dialect == .spark
        guard !isHint else { throw Fault(message: "a quote stands within a hint") }
        let isRaw = isSpark && name == "r" && kept.last.map { $0 & 0xDF } == UInt8(ascii: "R")
        if isSpark, quote != UInt8(ascii: "`"), hasProgram(isRaw) {
            throw Fault(message: "it has a program run: USING with a text")
        }
        let escapes =
            [.spark, .bigquery, .snowflake].contains(dialect) && !isRaw && !(isSpark && quote == UInt8(ascii: "`"))
        var end = start + 1
        var isClosed = false
        while end < rest.count, !isClosed {
            if escapes, rest[end] == UInt8(ascii: "\\") {
                end += 2
            } else if rest[end] == quote {
                isClosed = true
                end += 1
            } else {
                end += 1
            }
        }
        guard isClosed, end <= rest.count else { throw Fault(message: "a quote of it has no end") }
        let text = rest[(start + 1)..<(end - 1)]
        if isSpark { try check(text, isRaw) }
        name = quote == UInt8(ascii: "'") ? nil : String(decoding: text, as: UTF8.self).lowercased()
        keep(end - start)
    }

    /// Whether what was kept so far ends with the word before the program of a script.
    private func hasProgram(_ isRaw: Bool) -> Bool {
        var before = kept[..<(kept.count - (isRaw ? 1 : 0))]
        while let last = before.last, [0x20, 0x09, 0x0A, 0x0D].contains(last) { before.removeLast() }
        return String(decoding: before.suffix(5), as: UTF8.self).lowercased() == "using"
    }

    /// What may stand between quotes for Spark's client.
    private func check(_ text: ArraySlice<UInt8>, _ isRaw: Bool) throws(Fault) {
        if isRaw, text.last == UInt8(ascii: "\\") {
            throw Fault(message: "a raw text of it ends with a backslash")
        }
        if text.contains(UInt8(ascii: ";")) {
            throw Fault(message: "Spark's client cuts queries at semicolons; in a text '\\u003B' is one")
        }
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).dropFirst()
        if lines.contains(where: { $0.starts(with: Array("--".utf8)) }) {
            throw Fault(message: "Spark's client leaves out lines that begin with --; in a text '\\n' begins a line")
        }
    }

    private mutating func word() throws(Fault) {
        func continues(_ byte: UInt8) -> Bool {
            byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
                || (0x41...0x5A).contains(byte & 0xDF)
        }
        var end = index
        while end < rest.count, continues(rest[end]) {
            if rest[end] >= 0x80, dialect == .spark {
                throw Fault(message: "letters beyond ASCII stand between quotes or backquotes")
            }
            end += 1
        }
        name = end > index ? String(decoding: rest[index..<end], as: UTF8.self).lowercased() : nil
        first = first ?? name ?? ""
        keep(max(1, end - index))
    }
}

extension String {
    /// A query without the semicolons and blanks at its end.
    var withoutEnd: String {
        var text = self
        while let last = text.last, last == ";" || last.isWhitespace { text.removeLast() }
        return text
    }

    /// A query with tables of this program's in front: a name, and the query that makes it, nil for no such table.
    func withTables(_ tables: [(name: String, query: String?)]) -> String {
        let made = tables.compactMap { table in table.query.map { "\(table.name) as (\($0))" } }
        return made.isEmpty ? self : "with \(made.joined(separator: ", "))\nselect * from (\n\(self)\n) as r"
    }
}
