import Datasets
import Testing

@testable import Engines

/// Names and values of an analysis stay names and values, whatever is in them.
@Suite("SQL dialects")
struct SQLDialectTests {
    static let hostile = [
        "x\"; drop table t; --", "x'; drop table t; --", "`; drop table t", "a\\' or 1 = 1 --", "a\\\" or 1 = 1",
        "ʼ＇’\u{0}".replacing("\u{0}", with: ""), "/* */", "a\nb", "\\", "'\u{301} or 1 = 1 --", "\"\u{20DD}; --",
        "`\u{FE0F}", "\\\u{301}'", "${env:HOME}", "\r\n", "",
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
                if escaped == "u" {
                    let code = rest.prefix(4).map { String($0) }.joined()
                    guard let scalar = UInt32(code, radix: 16).flatMap(Unicode.Scalar.init) else { return nil }
                    rest.removeFirst(4)
                    result.append(scalar)
                } else {
                    result.append(escaped == "n" ? "\n" : escaped == "r" ? "\r" : escaped)
                }
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

    /// Texts of signs that mean something to some dialect or to Swift's characters, by a seed.
    static func random(_ count: Int, seed: UInt64) -> [String] {
        let signs: [Unicode.Scalar] = [
            "'", "\"", "`", "\\", "\n", "\r", "\t", ";", "-", "/", "*", "$", "{", "}", "(", ")", "a", "u", "0", "1",
            " ", "%",
            "\u{301}", "\u{20DD}", "\u{FE0F}", "\u{200D}", "\u{1F468}", "\u{1F1E6}", "\u{2019}", "\u{FF07}", "\u{FEFF}",
            "é", "漢",
        ]
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(truncatingIfNeeded: state >> 33) % bound
        }
        return (0..<count).map { _ in
            var text = String.UnicodeScalarView()
            for _ in 0..<(1 + next(12)) { text.append(signs[next(signs.count)]) }
            return String(text)
        }
    }

    /// Sign by sign, for Swift takes texts of other signs for equal.
    static func isSame(_ a: String?, _ b: String) -> Bool { a?.utf8.elementsEqual(b.utf8) == true }

    @Test("Whatever a text or name holds, it reads back and ends where it ends", arguments: SQLDialect.allCases)
    func anything(_ dialect: SQLDialect) {
        let escapes = [.spark, .bigquery, .snowflake].contains(dialect)
        for text in SQLDialectTests.random(20_000, seed: 9) {
            let read = SQLDialectTests.unquoted(dialect.text(text), escapes: escapes)
            #expect(SQLDialectTests.isSame(read, text), "\(text.debugDescription)")
            let name = SQLDialectTests.unquoted(dialect.identifier(text), escapes: dialect == .bigquery)
            #expect(SQLDialectTests.isSame(name, text), "\(text.debugDescription)")
        }
    }

    @Test("A number is written so that it reads back, in binary")
    func numbers() {
        #expect(SQLDialect.duckdb.number(0.1) == "0.1e0")
        #expect(SQLDialect.duckdb.number(-2) == "(-2.0e0)")
        #expect(SQLDialect.duckdb.number(1e300) == "1e+300")
    }
}
