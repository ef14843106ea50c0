import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// Notebooks made into analyses, in memory; Python tests hold what Jupyter's own programs say of the other way.
@Suite struct NotebookTests {
    private static func notebook(_ cells: String, metadata: String = "{}") -> String {
        "{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": \(metadata), \"cells\": [\(cells)]}"
    }

    private static func markdown(_ source: String) -> String {
        "{\"cell_type\": \"markdown\", \"metadata\": {}, \"source\": [\(source)]}"
    }

    private func imported(_ text: String) throws -> (text: String, diagnostics: [Diagnostic]) {
        let project = TestProject(["Analyses/n.ipynb": text])
        let made = try NotebookImport(in: project.workspace).run("Analyses/n.ipynb", to: nil, replaces: false)
        return (try #require(project.text("Analyses/n.md")), made.diagnostics)
    }

    @Test func cellsBecomeBlocks() throws {
        let code =
            "{\"cell_type\": \"code\", \"metadata\": {}, \"execution_count\": 1, \"outputs\": ["
            + "{\"output_type\": \"stream\", \"name\": \"stdout\", \"text\": \"done\\n\"}], \"source\": \"x = 1\"}"
        let cells = NotebookTests.markdown("\"# A & *b*\\n\", \"\\n\", \"Text.\"") + "," + code
        let (text, diagnostics) = try imported(
            NotebookTests.notebook(cells, metadata: "{\"authors\": [{\"name\": \"Ann\"}]}"))
        #expect(diagnostics.isEmpty)
        #expect(
            text
                == "---\ntitle: \"A \\\\& b\"\nauthors: [\"Ann\"]\n---\n\nText.\n\n```python\nx = 1\n```\n\n```text\ndone\n```\n"
        )
    }

    /// Cells of an export are directives again.
    @Test func directivesComeBack() throws {
        let cell =
            "{\"cell_type\": \"code\", \"metadata\": {\"report\": {\"directive\": \"data\"}}, \"execution_count\": null, "
            + "\"outputs\": [], \"source\": [\"# data\\n\", \"id: a\\n\", \"source: a.csv\"]}"
        let (text, _) = try imported(NotebookTests.notebook(cell))
        #expect(text == "---\ntitle: \"n\"\n---\n\n```data\nid: a\nsource: a.csv\n```\n")
    }

    @Test(arguments: [
        ("See `{a.b}`.", "See `` {a.b} ``."), ("[x](#a.b) and [y](#a)", "x and [y](#a)"),
        ("@fig-a b@c.d", "@\u{2060}fig-a b@c.d"), ("```data\\nid: x\\n```", "```text\nid: x\n```"),
        ("~~~ figur\\n~~~", "~~~ text\n~~~"), ("```python\\nopen", "```python\nopen\n```"),
        ("<!-- include: a.md -->\\n\\nb", "b"), ("![p](http://a/b.png)", "[p](<http://a/b.png>)"),
        ("![p](../up.png)", "p"), ("\\\\begin{align}\\na\\n\\\\end{align}", "$$\n\\begin{align}\na\n\\end{align}\n$$"),
    ])
    func nothingHasLife(source: String, expected: String) throws {
        let (text, _) = try imported(NotebookTests.notebook(NotebookTests.markdown("\"\(source)\"")))
        #expect(text == "---\ntitle: \"n\"\n---\n\n\(expected)\n")
    }

    @Test func whatACheckWouldRefuseIsText() throws {
        let directive =
            "{\"cell_type\": \"code\", \"metadata\": {\"report\": {\"directive\": \"table\"}}, \"execution_count\": null, "
            + "\"outputs\": [], \"source\": \"of: nothing\"}"
        let (text, diagnostics) = try imported(NotebookTests.notebook(directive))
        #expect(text == "---\ntitle: \"n\"\n---\n\n````text\n```table\nof: nothing\n```\n````\n")
        #expect(diagnostics.map(\.code.name) == ["imported-as-text"])
    }

    @Test(
        arguments: [
            ("", nil), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm\n9v", "foo"), ("Zm9vYg==", "foob"), ("Zg=", nil),
            ("Z*==", nil),
            ("Zg==Zg==", nil), ("====", nil),
        ] as [(String, String?)])
    func base64OfRFC4648(encoded: String, text: String?) {
        let expected = encoded.isEmpty ? [] : text.map { Array($0.utf8) }
        #expect(Base64.decode(encoded) == expected)
    }
}
