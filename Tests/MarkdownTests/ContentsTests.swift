import Diagnostics
import Markdown
import Testing

/// What a tree says that it has is what a walk over it finds.
@Suite struct ContentsTests {
    private static let cases: [(String, Node.Contents)] = [
        ("One *two*.", []), ("> # A *b*", .heading), ("- [a](b) ![c](d.png)", [.link, .image]),
        ("A **b $x$** and a@b", [.formula, .mention]), ("| @fig-a |\n| - |", .mention), ("`@fig-a`", []),
    ]

    @Test(arguments: cases) func aTreeTellsWhatItHas(_ text: String, _ expected: Node.Contents) {
        var diagnostics: [Diagnostic] = []
        let file = SourceFile(path: "a.md", text: text)
        let document = MarkdownParser.parse(file, diagnostics: &diagnostics)
        #expect(document.contents == expected)
        var moved = Node(.paragraph, range: document.range)
        moved.children = [document]
        #expect(moved.contents == expected)
        moved.children = []
        #expect(moved.contents == [])
    }
}
