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
        case .spark: SQLDialect.doubled(name, in: "`")
        // Its quoted names have the escapes of its strings.
        case .bigquery: "`\(SQLDialect.escaped(name, quote: "`"))`"
        default: SQLDialect.doubled(name, in: "\"")
        }
    }

    /// A text as a literal.
    package func text(_ text: String) -> String {
        switch self {
        case .duckdb, .sqlite, .postgres, .trino: SQLDialect.doubled(text, in: "'")
        // Backslashes escape; two literals side by side are one.
        case .bigquery, .snowflake: "'\(SQLDialect.escaped(text, quote: "'"))'"
        // Its client cuts queries at semicolons.
        case .spark: "'\(SQLDialect.escaped(text, quote: "'").replacing(";", with: "\\u003B"))'"
        }
    }

    /// Quoted by a sign that is doubled inside: sign by sign, for to Swift a quote and an accent behind it are one character
    /// that is no quote.
    private static func doubled(_ text: String, in quote: Unicode.Scalar) -> String {
        var result = String.UnicodeScalarView()
        result.append(quote)
        for scalar in text.unicodeScalars {
            if scalar == quote { result.append(quote) }
            result.append(scalar)
        }
        result.append(quote)
        return String(result)
    }

    private static func escaped(_ text: String, quote: Unicode.Scalar) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            // Spark puts variables of the environment in the place of `${env:NAME}`, whatever quotes it stands in.
            case "$": result += "\\u0024"
            case quote: result += "\\\(quote)"
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
    var binary: String {
        switch self {
        case .postgres: " collate \"C\""
        case .sqlite: " collate binary"
        default: ""
        }
    }
}
