import Diagnostics
import Documents
import Markdown
import PresentationSupport
import Reports
import Results
import Testing
import Values

@testable import Rendering

/// The Markdown of a report, read again: what data and raw HTML would like to be, they are not.
@Suite struct SpliceTests {
    /// Renders an analysis of prose and `data` directives alone.
    static func markdown(_ text: String, values: Value = [:]) throws -> String {
        let file = SourceFile(path: "Analyses/a.md", text: text)
        let reader = SampleReader(file)
        let document = AnalysisDocument(
            source: file, frontMatter: FrontMatter(title: SampleReader.rich("T"), range: file.range), body: reader.body,
            directives: reader.directives([:]) { _ in .none }, values: reader.values, claims: reader.claims)
        let results = document.directives.map { directive in
            DirectiveResult(
                directive: directive.word, id: directive.id, range: directive.range, inputs: [], values: values)
        }
        var diagnostics: [Diagnostic] = []
        let report = Report.assemble(
            document: document, results: AnalysisResults(seed: 1, params: [:], meta: [:], results: results),
            toolVersion: "0", diagnostics: &diagnostics)
        let rendered = try render(report, name: "a", formats: [.md])
        return String(decoding: try #require(rendered.files.first).bytes, as: UTF8.self)
    }

    static func nodes(_ markdown: String) -> [Node] {
        var diagnostics: [Diagnostic] = []
        func flat(_ node: Node) -> [Node] { [node] + node.children.flatMap(flat) }
        return flat(MarkdownParser.parse(SourceFile(path: "o.md", text: markdown), diagnostics: &diagnostics))
    }

    static let source = "```data\nid: d\n```\n"

    @Test(arguments: [
        "<script>alert(1)</script>", "<<b></b>script>", "a <scr<b></b>ipt>x</scr<b></b>ipt>", "x <!-- c --> y",
        "> <div onclick=x>\n> a\n> </div>", "- <b>a</b>\n  <i>c", "<a\nhref='javascript:x'>y</a>",
        "| a |\n| - |\n| <u>x</u> |",
        "[a](javascript:alert) [b][r]\n\n[r]: javascript:alert", "<javascript:alert(1)>", "[a](<java script:x>)",
        "![x](https://evil.example/pixel.png)", "# h <b>x</b> `{d.text}`", "text `{d.text}` text", "- `{d.text}`",
        "| a | b |\n| - | - |\n| `{d.text}` | c |", "`{d.text}`. End", "[t](#d.text)", "> `{d.text}`",
    ])
    func nothingRuns(text: String) throws {
        let values: Value = ["text": .string(SampleAnalysis.hostile + "\n# heading\n- list\n***")]
        let markdown = try SpliceTests.markdown(text + "\n\n" + SpliceTests.source, values: values)
        for node in SpliceTests.nodes(markdown) {
            switch node.kind {
            case .html(let html), .htmlBlock(let html):
                let trimmed = html.split(separator: "\n").joined()
                #expect(["<details><summary>data d</summary>", "</details>"].contains(trimmed), "\(markdown)")
            case .link(let destination, _):
                #expect(safeDestination(destination) != nil && !destination.contains("evil"), "\(markdown)")
            case .image: Issue.record("an image: \(markdown)")
            case .heading(let level) where level == 1 && node.plainText != "T":
                #expect(text.hasPrefix("#"), "\(markdown)")
            default: break
            }
        }
    }

    @Test func keepsTheAuthorsText() throws {
        let text = "Some *prose*\nover lines, `code`, ``{d.n}``.\n\n    indented\n\n1. one\n2. two\n\n* * *\n\nx ~~y~~"
        let markdown = try SpliceTests.markdown(text)
        #expect(markdown.contains(text.replacing("\n\n* * *", with: "\n\n* * *")))
    }

    @Test func linksByReferenceAreWrittenOut() throws {
        let markdown = try SpliceTests.markdown("See [the paper][p] and [p].\n\n[p]: https://a.example/x_(1) \"T\"")
        #expect(markdown.contains("[the paper](https://a.example/x_%281%29 \"T\")"))
        #expect(SpliceTests.nodes(markdown).filter { if case .link = $0.kind { true } else { false } }.count == 2)
    }

    @Test func directivesInsideListsStayInside() throws {
        let markdown = try SpliceTests.markdown("- item\n\n  ```data\n  id: d\n  ```\n\n  more\n- next")
        let lists = SpliceTests.nodes(markdown).filter { if case .list = $0.kind { true } else { false } }
        #expect(lists.first?.children.count == 2)
        #expect(markdown.contains("\n  <details>"))
    }
}
