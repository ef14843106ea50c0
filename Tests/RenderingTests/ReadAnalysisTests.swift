import Diagnostics
import Documents
import Reports
import Results
import Testing
import Values

@testable import Rendering

/// From the text of an analysis, read as users' are, to its page and its Markdown.
@Suite struct ReadAnalysisTests {
    static let text = """
        ---
        title: "Slope `{d.x | .2f}` |"
        date: 2026-11-22
        abstract: |
          It is `{d.x | .2f}`, not [0.5](#d.x "> 0.4").
        ---

        <!-- include: more.md -->

        [0.50](#d.x) holds. `{d.x | .1f}` stays, ``{d.x}`` too.

        - `{d.x | .1f}`

        ```data
        id: d
        source: a.csv
        caption: "One `{d.x | .1f}` and two `{d.x | .2f}`. Rest."
        ```

        """

    static func rendered() throws -> (files: [String: String], diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let source = SourceFile(path: "Analyses/a.md", text: text)
        let included = SourceFile(path: "Analyses/more.md", text: "Included `{d.x | .3f}`.\n")
        let document = try #require(
            AnalysisDocument.parse(source, includes: { _, _, _ in .success(included) }, diagnostics: &diagnostics))
        let results = document.directives.map { directive in
            DirectiveResult(
                directive: directive.word, id: directive.id, range: directive.range, inputs: [], values: ["x": 0.5])
        }
        let report = Report.assemble(
            document: document, results: AnalysisResults(seed: 1, params: [:], meta: [:], results: results),
            toolVersion: "0", diagnostics: &diagnostics)
        let rendered = try render(report, name: "a", formats: [.html, .md, .json])
        let files = rendered.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
        return (Dictionary(files) { first, _ in first }, diagnostics)
    }

    @Test func everythingIsInItsPlace() throws {
        let (files, diagnostics) = try ReadAnalysisTests.rendered()
        #expect(diagnostics.filter { $0.severity == .error }.map(\.message) == [])
        let markdown = try #require(files["a.md"])
        #expect(markdown.hasPrefix("---\ngenerator: report 0\n"))
        #expect(
            markdown.contains(
                "\n---\n\n# Slope 0.50 \\|\n\n22 November 2026\n\nIt is 0.50, not 0.5.\n\nIncluded 0.500."))
        #expect(markdown.contains("0.50 holds. 0.5 stays, ``{d.x}`` too."))
        #expect(markdown.contains("- 0.5\n\n<details>"))
        #expect(!markdown.contains("include:"))
        let page = try #require(files["a.html"])
        #expect(page.contains("Included <data"))
        #expect(page.contains("(checked)"))
        #expect(try #require(files["a.json"]).contains("Analyses/more.md"))
    }
}
