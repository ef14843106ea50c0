import Diagnostics
import Markdown
import Testing

/// What a report must not carry, and the nodes that are read from others.
@Suite struct SafetyTests {
    @Test(arguments: [
        ("[a](javascript:alert)", true), ("[a](JaVaScRiPt:x)", true), ("[a](<java\tscript:x>)", true),
        ("[a](&#106;avascript:x)", true), ("![a](data:image/svg+xml;x)", true), ("[a](vbscript:x)", true),
        ("[a](file:///etc)", true), ("<javascript:x>", true), ("[a]\n\n[a]: javascript:x", true),
        ("[a](https://b.c)", false), ("[a](mailto:b@c.de)", false), ("[a](b/c.md#d)", false), ("[a](#b.c:d)", false),
        ("[a](b?c:d)", false), ("https://b.c", false), ("a@b.cd", false),
    ])
    func schemes(text: String, isUnsafe: Bool) {
        let parsed = Parsed(text)
        #expect(parsed.diagnostics.map(\.code) == (isUnsafe ? [.unsafeLink] : []))
        for node in parsed.nodes("link") + parsed.nodes("image") {
            switch node.kind {
            case .link(let destination, _), .image(let destination, _): #expect(destination.isEmpty == isUnsafe)
            default: break
            }
        }
    }

    @Test func rawHTML() {
        let parsed = Parsed("a <b>c</b>\n\n<div>\nd\n</div>\n\n<!-- e -->\n\nf <!-- g --> h\n\n<!-- i --> <b>\n")
        #expect(parsed.diagnostics.map(\.code) == [.rawHTML, .rawHTML, .rawHTML])
        #expect(parsed.diagnostics.map(\.severity) == [.warning, .warning, .warning])
        #expect(parsed.diagnostics.map(\.range?.text) == ["<b>", "<div>\nd\n</div>", "<!-- i --> <b>"])
        #expect(parsed.nodes("htmlBlock").count == 2)
    }

    @Test func manyTagsAreFewDiagnostics() {
        #expect(Parsed(String(repeating: "<b>", count: 1000)).diagnostics.count == 100)
    }

    @Test func includes() {
        let parsed = Parsed("<!-- include: a/b c.md -->\n\n<!--include:d.md-->\n\n<!-- no -->\n")
        #expect(parsed.root.children.map(\.includePath) == ["a/b c.md", "d.md"])
    }

    @Test func callouts() {
        let parsed = Parsed("> [!NOTE]\n> One\n>\n> Two\n\n> [!Warning]\n\n> [!NOPE]\n> x\n\n> [!NOTE] x\n")
        let callouts = parsed.root.children.map(\.callout)
        #expect(callouts.map { $0?.kind } == [.note, .warning, nil, nil])
        #expect(callouts[0]?.content.map(\.plainText) == ["One", "Two"])
        #expect(callouts[1]?.content.isEmpty == true)
    }

    @Test func scalars() {
        let file = SourceFile(path: "a.md", text: "c: \"x `y` z\"\nd: 'it''s `y`'\n")
        var diagnostics: [Diagnostic] = []
        let exact = MarkdownParser.parseInline(
            "x `y` z", at: SourceRange(file: file, lower: 3, upper: 12), diagnostics: &diagnostics)
        #expect(exact.children[0].children[1].range == SourceRange(file: file, lower: 6, upper: 9))
        let scalar = SourceRange(file: file, lower: 16, upper: 27)
        let own = MarkdownParser.parseInline("it's `y` <b>", at: scalar, diagnostics: &diagnostics)
        #expect(own.children[0].children[1].range.text == "`y`")
        #expect(diagnostics.map(\.range) == [scalar])
    }
}
