/// How one engine writes what engines write differently. Every name and value of an analysis reaches a query through
/// `identifier`, `text` and `number`, and through nothing else.
package enum SQLDialect: String, Sendable, CaseIterable {
    case duckdb
    case sqlite
    case postgres
    case spark
    case trino
    case bigquery
    case snowflake

    /// A column's name, quoted whatever it is.
    package func identifier(_ name: String) -> String {
        switch self {
        case .spark: "`\(name.replacing("`", with: "``"))`"
        // Its quoted names have the escapes of its strings.
        case .bigquery: "`\(SQLDialect.escaped(name, quote: "`"))`"
        default: "\"\(name.replacing("\"", with: "\"\""))\""
        }
    }

    /// A text as a literal.
    package func text(_ text: String) -> String {
        switch self {
        case .duckdb, .sqlite, .postgres, .trino: "'\(text.replacing("'", with: "''"))'"
        // Backslashes escape; two literals side by side are one.
        case .bigquery, .snowflake: "'\(SQLDialect.escaped(text, quote: "'"))'"
        // Its client cuts queries at semicolons.
        case .spark: "'\(SQLDialect.escaped(text, quote: "'").replacing(";", with: "\\u003B"))'"
        }
    }

    private static func escaped(_ text: String, quote: Character) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case _ where Character(scalar) == quote: result += "\\\(quote)"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A finite number as a literal in binary floating point: with an exponent, which a decimal has not.
    package func number(_ number: Double) -> String {
        let digits = "\(number)"
        let text = digits.contains("e") ? digits : digits + "e0"
        return number < 0 ? "(\(text))" : text
    }

    /// The type of IEEE's binary64.
    var double: String {
        switch self {
        case .duckdb, .spark, .trino, .snowflake: "double"
        case .sqlite: "real"
        case .postgres: "double precision"
        case .bigquery: "float64"
        }
    }

    var string: String {
        switch self {
        case .duckdb, .trino, .snowflake: "varchar"
        case .sqlite, .postgres: "text"
        case .spark, .bigquery: "string"
        }
    }

    /// Whether it has `var_samp` and `covar_samp` that go about means as these move, so that one pass keeps digits.
    var hasMoments: Bool { self != .sqlite }

    /// Makes texts compare by their code points, where that is not what they do.
    var binary: String { self == .postgres ? " collate \"C\"" : "" }
}
