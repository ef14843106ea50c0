import Diagnostics
import Pipeline
import TestSupport
import Testing
import Workspace

/// Formulas from the file to the page, with the KaTeX of this machine and without one.
@Suite struct FormulaTests {
    private func project(_ prose: String, hasKaTeX: Bool = true) throws -> TestProject {
        let project = TestProject(["Analyses/a.md": "---\ntitle: A\n---\n\n\(prose)\n"])
        if hasKaTeX { try project.addKaTeX() }
        return project
    }

    @Test func numberedEquations() throws {
        let project = try project("By @eq-b and @eq-a, $x<y$.\n\n$$\na\n$$ {#eq-a}\n\n$$b$$ {#eq-b}\n\n$$c$$")
        #expect(project.build()?.diagnostics.summary == "")
        let page = try #require(project.text("output/a.html"))
        #expect(page.contains("<a href=\"#eq-b\" class=ref>Equation 2</a>"))
        #expect(page.contains("<div class=equation id=\"eq-a\">"))
        #expect(page.contains("<math alttext=\"x&lt;y\">"))
        #expect(page.contains("KaTeX ") && !page.contains("<script"))
        let markdown = try #require(project.text("output/a.md"))
        #expect(markdown.contains("By Equation 2 and Equation 1, $x\\lt y$."))
        #expect(markdown.contains("$$\na\n\\tag{1}$$\n\n$$b\\tag{2}$$\n\n$$c$$\n"))
    }

    @Test func faultsHaveTheirPlace() throws {
        let project = try project("> $$\n> a\n>   \\foo\n> $$\n\n$b$ {#eq-x} $$c$$ {#eq-x} $$d$$ {#eq-x}")
        #expect(
            project.build()?.diagnostics.summary == "error formula 7:5\nerror duplicate-id 10:27")
    }

    @Test func withoutKaTeX() throws {
        let outcome = try #require(project("$a$ and $b$", hasKaTeX: false).build())
        #expect(outcome.diagnostics.summary == "error missing-katex 5:1")
        #expect(outcome.diagnostics.first?.notes.first?.message.contains("libjs-katex") == true)
        #expect(try project("no formula, $5", hasKaTeX: false).build()?.diagnostics.summary == "")
    }
}
