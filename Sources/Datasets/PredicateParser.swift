package import Values

/// A predicate that cannot be read: the rule, and where in its text, in UTF-8 bytes.
package struct PredicateFault: Error, Hashable, Sendable {
    package var message: String
    package var offset: Int
}

extension Predicate {
    /// Reads a predicate.
    ///
    /// Columns are names of letters, digits, `_`, `-` and `.`, or anything between backticks; texts stand between single
    /// or double quotes, doubled inside; `{params.x}` is a bound value, never spliced into the text.
    /// `or` binds weakest, then `and`, then `not`.
    package init(
        parsing text: String, bind: @escaping (ResultPath) -> Value?
    ) throws(PredicateFault) {
        var parser = PredicateParser(text: text, bind: bind)
        root = try parser.whole()
        bindings = parser.bindings
    }
}

private struct PredicateParser {
    private enum Token: Equatable {
        case word(String)
        /// A name between backticks, never a keyword.
        case name(String)
        case number(Double)
        case text(String)
        case binding(String)
        case symbol(String)
        case end
    }

    private let bytes: [UInt8]
    private let bind: (ResultPath) -> Value?
    private(set) var bindings: [ResultPath: Value] = [:]
    private var position = 0
    private var start = 0
    private var token = Token.end
    private var depth = 0

    init(text: String, bind: @escaping (ResultPath) -> Value?) {
        bytes = Array(text.utf8)
        self.bind = bind
    }

    mutating func whole() throws(PredicateFault) -> Predicate.Expression {
        try advance()
        let expression = try disjunction()
        guard token == .end else { throw fault("A condition ends here, or goes on with `and` or `or`") }
        return expression
    }

    // MARK: Grammar

    private mutating func disjunction() throws(PredicateFault) -> Predicate.Expression {
        var left = try conjunction()
        while try takeWord("or") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(PredicateFault) -> Predicate.Expression {
        var left = try negation()
        while try takeWord("and") { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(PredicateFault) -> Predicate.Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw fault("A condition nests at most 100 levels deep") }
        if try takeWord("not") { return .not(try negation()) }
        if try takeSymbol("(") {
            let inner = try disjunction()
            guard try takeSymbol(")") else { throw fault("A parenthesis is closed") }
            return inner
        }
        return try comparison()
    }

    private mutating func comparison() throws(PredicateFault) -> Predicate.Expression {
        let column: String
        switch token {
        case .word(let word): column = word
        case .name(let name): column = name
        default: throw fault("A comparison begins with a column's name")
        }
        try advance()
        if try takeWord("is") {
            let negated = try takeWord("not")
            guard try takeWord("missing") else { throw fault("`is` is followed by `missing` or `not missing`") }
            return negated ? .not(.isMissing(column: column)) : .isMissing(column: column)
        }
        let negated = try takeWord("not")
        if try takeWord("in") {
            let list = Predicate.Expression.isIn(column: column, try list())
            return negated ? .not(list) : list
        }
        guard !negated, case .symbol(let symbol) = token else { throw comparisonExpected() }
        let aliases = ["==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="]
        guard let comparison = Predicate.Comparison(rawValue: aliases[symbol] ?? symbol) else {
            throw comparisonExpected()
        }
        try advance()
        let literals = try literal()
        guard literals.count == 1 else { throw fault("A comparison is with one value; a list goes with `in`") }
        return .compare(column: column, comparison, literals[0])
    }

    private func comparisonExpected() -> PredicateFault {
        fault("A column is followed by =, !=, <, <=, >, >=, `in` or `is missing`")
    }

    private mutating func list() throws(PredicateFault) -> [Predicate.Literal] {
        if case .binding = token { return try literal() }
        guard try takeSymbol("(") else { throw fault("`in` is followed by values in parentheses") }
        var literals = try literal()
        while try takeSymbol(",") { literals += try literal() }
        guard try takeSymbol(")") else { throw fault("A parenthesis is closed") }
        return literals
    }

    private mutating func literal() throws(PredicateFault) -> [Predicate.Literal] {
        switch token {
        case .number(let number):
            try advance()
            return [.number(number)]
        case .text(let text):
            try advance()
            return [.text(text)]
        case .binding(let text):
            guard let path = ResultPath(parsing: text), let value = bind(path) else {
                throw fault("{\(text)} names nothing that is known here")
            }
            bindings[path] = value
            let literals = (value.list ?? [value]).compactMap { item -> Predicate.Literal? in
                switch item {
                case .number(let number): .number(number)
                case .string(let text): .text(text)
                case .boolean(let flag): .text(flag ? "true" : "false")
                default: nil
                }
            }
            guard literals.count == (value.list?.count ?? 1) else {
                throw fault("{\(text)} must be a number, a text, or a list of them")
            }
            try advance()
            return literals
        case .word(let word): throw fault("A text stands between quotes: '\(word)'")
        default: throw fault("A value is a number, a quoted text, or {params.name}")
        }
    }

    // MARK: Tokens

    private func fault(_ message: String) -> PredicateFault { PredicateFault(message: message, offset: start) }

    private mutating func takeWord(_ word: String) throws(PredicateFault) -> Bool {
        guard case .word(let found) = token, found.lowercased() == word else { return false }
        try advance()
        return true
    }

    private mutating func takeSymbol(_ symbol: String) throws(PredicateFault) -> Bool {
        guard token == .symbol(symbol) else { return false }
        try advance()
        return true
    }

    private mutating func advance() throws(PredicateFault) {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
        start = position
        guard position < bytes.count else {
            token = .end
            return
        }
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): token = .text(try quoted(byte))
        case UInt8(ascii: "`"): token = .name(try quoted(byte))
        case UInt8(ascii: "{"):
            guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "}")) else {
                throw fault("A brace is closed")
            }
            token = .binding(String(decoding: bytes[(position + 1)..<end], as: UTF8.self))
            position = end + 1
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","):
            token = .symbol(String(decoding: [byte], as: UTF8.self))
            position += 1
        default:
            if symbolLength > 0 {
                while symbolLength > 0 { position += symbolLength }
                token = .symbol(String(decoding: bytes[start..<position], as: UTF8.self))
            } else {
                try word()
            }
        }
    }

    /// How many bytes of a comparison's sign stand at the cursor: one, or three of `≠`, `≤` and `≥`, whose first bytes other
    /// letters have, too.
    private var symbolLength: Int {
        guard position < bytes.count else { return 0 }
        if "<>=!".utf8.contains(bytes[position]) { return 1 }
        let rest = bytes[position...]
        return ["≠", "≤", "≥"].contains { rest.starts(with: $0.utf8) } ? 3 : 0
    }

    private mutating func word() throws(PredicateFault) {
        func continues(_ byte: UInt8) -> Bool {
            ResultPath.isPlain(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || byte >= 0x80
        }
        while position < bytes.count, continues(bytes[position]), symbolLength == 0 { position += 1 }
        guard position > start else { throw fault("This character has no meaning in a condition") }
        if case .number(let number) = DecimalNumber.read(bytes[start..<position]) {
            token = .number(number)
        } else {
            token = .word(String(decoding: bytes[start..<position], as: UTF8.self))
        }
    }

    private mutating func quoted(_ quote: UInt8) throws(PredicateFault) -> String {
        var text: [UInt8] = []
        position += 1
        while position < bytes.count {
            if bytes[position] == quote {
                position += 1
                guard position < bytes.count, bytes[position] == quote else {
                    return String(decoding: text, as: UTF8.self)
                }
            }
            text.append(bytes[position])
            position += 1
        }
        throw fault("A quote is closed")
    }
}
