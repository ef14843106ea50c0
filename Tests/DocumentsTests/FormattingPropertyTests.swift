import Diagnostics
import Testing

@testable import Documents

/// Whatever is formatted means what it meant, and is in form.
@Suite struct FormattingPropertyTests {
    /// A fixed sequence of choices (Steele, Lea and Flood 2014, SplitMix64).
    private struct Choices: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }

        mutating func pick<T>(_ items: [T]) -> T { items[Int.random(in: 0..<items.count, using: &self)] }
        mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self) == 0 }
    }

    /// Writes YAML as no careful person would.
    private struct Writer {
        var choices: Choices
        var text = ""

        private static let scalars = [
            "a", "two words", "'quoted'", "\"double\"", "\"esc \\\" \\n\"", "1", "-2.5e3", "\"1\"", "true", "'no'", "~",
            "",
            "{params.x}", "{a.b | .2f}", "\"{params.x}\"", "\"{a[\\\"b c\\\"].d}\"", "a: b".debugDescription, "-x",
            "'- x'",
            "\"#hash\"", "a#b", "表", "'é ñ'", "\"2026-01-31\"", "2026-01-31", "\"a, b\"", "\"[x]\"", "x[1].y",
            "'it''s'",
            "\" lead\"", "\"tail \"", "\"\"", "+.1%", "\",\"", "'12:30'", "\"a:b\"", "\"~\"", "\"ends:\"", "\"?\"",
            "'?x'",
        ]
        private static let names = [
            "id", "of", "kind", "x", "y", "columns", "caption", "alt", "show", "rows", "unknown", "\"quoted key\"",
            "'of x'",
            "sort", "panels", "title", "value", "lines", "source", "control", "\"1\"",
        ]

        mutating func spaces(_ most: Int) -> String {
            String(repeating: " ", count: Int.random(in: 0...most, using: &choices))
        }

        mutating func comment() -> String { choices.chance(6) ? " # c\(Int.random(in: 0..<99, using: &choices))" : "" }

        mutating func trivia(_ margin: String) {
            while choices.chance(5) {
                let line = choices.chance(2) ? "" : (choices.chance(3) ? spaces(8) : margin) + "# own line"
                text += line + "\n"
            }
        }

        mutating func flow(_ depth: Int) -> String {
            func space(_ writer: inout Writer) -> String {
                writer.choices.chance(8) ? "\n" + writer.spaces(9) + " " : writer.spaces(2)
            }
            if depth == 0 || choices.chance(2) {
                let scalar = choices.pick(
                    Self.scalars.filter { !$0.isEmpty && !$0.contains("[") || $0.hasPrefix("\"") })
                return scalar
            }
            let count = Int.random(in: 0...3, using: &choices)
            var out = ""
            if choices.chance(2) {
                for index in 0..<count {
                    out += (index > 0 ? "," : "") + space(&self) + flow(depth - 1) + spaces(1)
                }
                return "[" + out + space(&self) + "]"
            }
            for (index, name) in keys(count).enumerated() {
                out += (index > 0 ? "," : "") + space(&self) + name + ": " + spaces(2) + flow(depth - 1) + spaces(1)
            }
            // A mapping of one word could be a reference.
            return "{" + out + " }"
        }

        mutating func keys(_ count: Int) -> [String] { Array(Self.names.shuffled(using: &choices).prefix(count)) }

        mutating func mapping(_ depth: Int, _ margin: String, first: Bool = false) {
            let names = keys(Int.random(in: 1...4, using: &choices))
            for (index, name) in names.enumerated() {
                if index > 0 || !first {
                    trivia(margin)
                    text += margin
                }
                text += name + (choices.chance(5) ? " :" : ":")
                value(depth, margin, isItem: false)
            }
        }

        mutating func value(_ depth: Int, _ margin: String, isItem: Bool) {
            let inner = margin + " " + spaces(4)
            switch Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &choices) {
            case 0:
                let header = choices.pick(["|", ">", "|-", ">-", "|+", "|2", ">1-"])
                let body = block(header, margin, inner)
                text += " " + header + body
            case 1: text += "  plain text\n\(inner)goes on\n"
            case 2:
                let end = comment()
                text += " \"quoted \\\n\(inner)text\n\n\(inner) more \\\" \"\(end)\n"
            case 3:
                let value = flow(2)
                let end = comment()
                text += " \(value)\(end)\n"
            case 4:
                let scalar = choices.pick(Self.scalars)
                let value = scalar.isEmpty ? "" : " " + spaces(2) + scalar
                let end = comment()
                text += value + end + "\n"
            case 5, 6:
                if isItem {
                    text += "   "
                    mapping(depth - 1, margin + "    ", first: true)
                } else {
                    let end = comment()
                    text += end + "\n"
                    mapping(depth - 1, inner)
                }
            default:
                let own = isItem ? margin + "  " : choices.chance(3) ? margin : inner
                let rest = isItem ? " - " + choices.pick(["1", "b", "[]"]) : comment()
                text += rest + "\n"
                for _ in 0..<Int.random(in: 1...3, using: &choices) {
                    trivia(own)
                    text += own + "-"
                    value(depth - 1, own, isItem: true)
                }
            }
        }

        private mutating func block(_ header: String, _ margin: String, _ inner: String) -> String {
            // Behind a header that tells the indentation, it is the one told.
            let digit = header.first { $0.isWholeNumber }?.wholeNumberValue
            let own = digit.map { margin + String(repeating: " ", count: $0) } ?? inner
            var out = comment() + "\n"
            for line in ["one: [", "", "  deeper # no comment", "- three"].prefix(
                Int.random(in: 1...4, using: &choices))
            {
                out += line.isEmpty ? "\n" : own + line + "\n"
            }
            return out + (choices.chance(3) ? "\n\n" : "")
        }
    }

    private func formatted(_ text: String) -> (text: String, codes: [String]) {
        let source = SourceFile(path: "a.md", text: text)
        let (fixes, diagnostics) = DocumentFormatter.fixes(of: source)
        return (FormattingTests.apply(fixes, to: source), diagnostics.map(\.code.name))
    }

    @Test(arguments: 0..<40) func formattingIsStableAndHarmless(part: Int) {
        var read = 0
        for seed in 0..<50 {
            var writer = Writer(choices: Choices(state: UInt64(part * 1000 + seed)))
            writer.mapping(3, "")
            let word = writer.choices.pick(["figure", "table", "data", "effects"])
            let front = writer.choices.chance(3) ? "---\n\(writer.text)---\n" : ""
            let text = front + "```\(word)\n\(writer.text)```\n"
            let (once, codes) = formatted(text)
            #expect(!codes.contains("formatting"), "\(text)")
            if !codes.isEmpty { continue }
            read += 1
            let same = DocumentMeaning.isSame(
                SourceFile(path: "a", text: text), SourceFile(path: "b", text: once))
            #expect(same, "\(text)\n→\n\(once)")
            let twice = formatted(once).text
            #expect(twice == once, "\(text)\n→\n\(once)\n→\n\(twice)")
            #expect(comments(text) == comments(once), "\(text)\n→\n\(once)")
        }
        #expect(read > 10, "too few of the texts are YAML")
    }

    /// Every comment is kept: their texts, sorted.
    private func comments(_ text: String) -> [String] {
        text.matches(of: /# (c\d+|own line)/).map { String($0.output.0) }.sorted()
    }

    @Test(arguments: 0..<20) func tablesAreStableAndHarmless(part: Int) {
        let cells = [
            "a", "", " ", "`x \\| y`", "**b**", "表", "👩‍🔬", "é", "[l](#a.b)", "\\", "a\\\\", "$x$", "<b>", "1.5",
            "`{a.b}`", "-",
        ]
        var choices = Choices(state: UInt64(part))
        for _ in 0..<50 {
            let columns = Int.random(in: 1...4, using: &choices)
            func row(_ cells: [String]) -> String {
                let inner = cells.map { choices.chance(2) ? $0 : " \($0)  " }.joined(separator: "|")
                return (choices.chance(4) ? "" : "|") + inner + (choices.chance(4) ? "" : "|")
            }
            let prefix = choices.pick(["", "> ", "  "])
            var lines = [row((0..<columns).map { _ in choices.pick(cells.filter { $0.count > 1 }) })]
            lines.append(row((0..<columns).map { _ in choices.pick(["-", ":-", "-:", ":---:", "-----"]) }))
            for _ in 0..<Int.random(in: 0...4, using: &choices) {
                lines.append(row((0..<Int.random(in: 1...5, using: &choices)).map { _ in choices.pick(cells) }))
            }
            let text = lines.map { prefix + $0 + "\n" }.joined()
            let once = formatted(text).text
            let same = DocumentMeaning.isSame(
                SourceFile(path: "a", text: text), SourceFile(path: "b", text: once))
            #expect(same, "\(text)\n→\n\(once)")
            #expect(formatted(once).text == once, "\(text)\n→\n\(once)")
        }
    }
}
