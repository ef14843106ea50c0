import Datasets
import Testing

@testable import Engines

/// Names and values of an analysis stay names and values, whatever is in them.
@Suite("SQL dialects")
struct SQLDialectTests {
    static let hostile = [
        "x\"; drop table t; --", "x'; drop table t; --", "`; drop table t", "a\\' or 1 = 1 --", "a\\\" or 1 = 1",
        "ʼ＇’\u{0}".replacing("\u{0}", with: ""), "/* */", "a\nb", "\\",
    ]

    /// Reads a quoted text back by the rules of SQL's standard, or of dialects with escapes; nil where something stands
    /// behind its end.
    static func unquoted(_ text: String, escapes: Bool) -> String? {
        var rest = Array(text.unicodeScalars)
        let quote = rest.removeFirst()
        var result = String.UnicodeScalarView()
        while !rest.isEmpty {
            let next = rest.removeFirst()
            if escapes, next == "\\" {
                let escaped = rest.removeFirst()
                if escaped == "u", rest.prefix(4).elementsEqual("003B".unicodeScalars) {
                    rest.removeFirst(4)
                    result.append(";")
                    continue
                }
                result.append(escaped == "n" ? "\n" : escaped == "r" ? "\r" : escaped)
            } else if next == quote {
                guard rest.first == quote else { return rest.isEmpty ? String(result) : nil }
                result.append(rest.removeFirst())
            } else {
                result.append(next)
            }
        }
        return nil
    }

    @Test("A literal ends where its text ends", arguments: SQLDialect.allCases, hostile)
    func texts(_ dialect: SQLDialect, _ text: String) {
        let escapes = [.spark, .bigquery, .snowflake].contains(dialect)
        #expect(SQLDialectTests.unquoted(dialect.text(text), escapes: escapes) == text)
    }

    @Test("A name ends where it ends", arguments: SQLDialect.allCases, hostile)
    func names(_ dialect: SQLDialect, _ name: String) {
        #expect(SQLDialectTests.unquoted(dialect.identifier(name), escapes: dialect == .bigquery) == name)
    }

    @Test("A number is written so that it reads back, in binary")
    func numbers() {
        #expect(SQLDialect.duckdb.number(0.1) == "0.1e0")
        #expect(SQLDialect.duckdb.number(-2) == "(-2.0e0)")
        #expect(SQLDialect.duckdb.number(1e300) == "1e+300")
    }
}
