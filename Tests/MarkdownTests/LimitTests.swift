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
