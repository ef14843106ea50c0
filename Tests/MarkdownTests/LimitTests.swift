import Diagnostics
import Markdown
import Testing

/// Text that is made to do harm.
@Suite struct LimitTests {
    @Test(arguments: [
        String(repeating: ">", count: 200_000) + "a", String(repeating: "> - ", count: 50_000) + "a",
        String(repeating: "- ", count: 200_000) + "a",
        String(repeating: "*a **a ", count: 50_000) + String(repeating: "b** b*", count: 50_000),
    ])
    func deepNesting(text: String) {
        let parsed = Parsed(text)
        #expect(parsed.diagnostics.contains { $0.code == .nestingTooDeep && $0.severity == .error })
    }

    @Test(arguments: ["[", "![", "*", "_", "`", "<", "~~", "[^", "](", "&", "| "])
    func longRuns(piece: String) {
        let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
        #expect(!Parsed(text).root.children.isEmpty)
    }

    @Test func allowedNesting() {
        let text = String(repeating: ">", count: 100) + "a"
        #expect(Parsed(text).diagnostics.isEmpty)
        #expect(!Parsed(">" + text).diagnostics.isEmpty)
    }

    @Test func tooLarge() {
        let parsed = Parsed(String(repeating: "x", count: MarkdownParser.largestSize + 1))
        #expect(parsed.diagnostics.map(\.code) == [.markdownTooLarge])
        #expect(parsed.root.children.isEmpty)
    }

    /// What cmark-gfm would take hours for, by the square of its length, or fill the memory with, cell by cell.
    @Test(arguments: [
        String(repeating: "|a|\n|-|-|\n", count: 60_000), String(repeating: "|a|\r\n|-|-|\r\n", count: 20_000),
        "> " + String(repeating: "|a|\n     >\n> |-|-|\n", count: 20_000),
        String(repeating: "|a", count: 5000) + "|\n" + String(repeating: "|-", count: 5000) + "|\n"
            + String(repeating: "b\n", count: 5000),
    ])
    func excessiveTables(text: String) {
        let parsed = Parsed("Prose.\n\n" + text)
        #expect(parsed.diagnostics.map(\.code) == [.excessiveTable])
        #expect(parsed.root.children.isEmpty)
    }

    /// The same lines where they are no table's, and tables as large as people have them.
    @Test(arguments: [
        "```\n" + String(repeating: "|a|\n|-|-|\n", count: 20_000) + "```\n",
        String(repeating: "a\n---\n", count: 20_000),
        "| a | b | c |\n| - | - | - |\n" + String(repeating: "| 1 | 2 | 3 |\n| - | - | - |\n", count: 500)
            + String(repeating: "| 1 |\n", count: 20_000),
    ])
    func ordinaryTables(text: String) {
        #expect(Parsed(text).diagnostics.isEmpty)
    }

    @Test func empty() {
        for text in ["", "\n", "\u{FEFF}", "\r\n\r\n"] {
            let parsed = Parsed(text)
            #expect(parsed.root.children.isEmpty && parsed.diagnostics.isEmpty)
        }
    }

    @Test func zeroBytes() {
        let parsed = Parsed("a\0b `x`")
        #expect(parsed.diagnostics.map(\.code) == [.controlCharacter])
        #expect(parsed.nodes("code").map(\.range.text) == ["`x`"])
    }
}
