import Diagnostics
import Pipeline
import TestSupport
import Testing
import Workspace

/// Citations from the file to the page. The style is Chicago's author–date (The Chicago Manual of Style, 17th edition,
/// chapter 15), with "et al." from three authors on.
@Suite struct CitationTests {
    private static let references = """
        @inproceedings{bee, author={Bee, Ann and Cee, Bo and Dee, Cy}, title={Zeta}, booktitle={Proc}, year=2024, doi={10.1/x}}
        @article{ant, author={Ant, Al and Bee, Bo}, title={Beta}, journal={J}, volume=3, number=2, pages={1-9}, year=2020}
        @article{ant2, author={Ant, Al and Bee, Bo}, title={Alpha}, journal={J}, year=2020, url={javascript:alert(1)}}
        @misc{unused, author={Zzz, Z}, title={Never}, year=1900}
        """

    private func project(_ prose: String, _ references: String = references) -> TestProject {
        TestProject([
            "Analyses/a.md": "---\ntitle: A\nbibliography: refs.bib\n---\n\n\(prose)\n",
            "Analyses/refs.bib": references,
        ])
    }

    @Test func inBothFormats() throws {
        let project = project("@bee say, as [see @ant, p. 3; -@ant2] do; a@bee.example is mail.")
        #expect(project.build()?.diagnostics.summary == "")
        let markdown = try #require(project.text("output/a.md"))
        #expect(
            markdown.contains(
                "[Bee et al. (2024)](#references) say, as (see [Ant and Bee 2020b](#references), p. 3; "
                    + "[2020a](#references)) do;"))
        #expect(markdown.contains("## References\n\n- Ant, Al, and Bo Bee. 2020a. “Alpha.” *J*. "))
        #expect(markdown.contains("- Ant, Al, and Bo Bee. 2020b. “Beta.” *J* 3 (2): 1–9. "))
        #expect(markdown.contains("“Zeta.” In *Proc*. ["))
        #expect(!markdown.contains("Never") && !markdown.contains("](javascript"))
        let page = try #require(project.text("output/a.html"))
        #expect(page.contains("<a class=cite href=\"#ref:bee\""))
        #expect(page.contains("<a href=\"https://doi.org/10.1/x\">"))
        #expect(page.contains("<li id=\"ref:ant\">") && !page.contains("href=\"javascript"))
        #expect(page.contains("Analyses/refs.bib · sha256"))
    }

    @Test func theListStandsWhereItIsSaid() throws {
        let project = project("@bee.\n\n## Works\n\n<!-- references -->\n\n## After")
        #expect(project.build()?.diagnostics.summary == "")
        let markdown = try #require(project.text("output/a.md"))
        #expect(markdown.contains("](#works)"))
        #expect(markdown.contains("## Works\n\n- Bee") && !markdown.contains("## References"))
    }

    @Test func unknownKeys() throws {
        let outcome = try #require(project("So [@be] and @nobody-at-all.").build())
        #expect(outcome.diagnostics.summary == "error unknown-citation 6:5\nerror unknown-citation 6:14")
        #expect(outcome.diagnostics.first?.fixIts.first?.replacement == "@bee")
    }

    @Test func malformedFile() throws {
        let outcome = try #require(project("@d", "@misc{d, year=1}\n@misc{x, year = {2}").build())
        #expect(outcome.diagnostics.summary == "error malformed-bibliography 3:15")
        #expect(outcome.diagnostics.first?.notes.first?.range?.start.line == 2)
        #expect(project("x", "").build()?.diagnostics.summary == "warning malformed-bibliography 3:15")
    }

    /// One list of a BibTeX file and a CSL-JSON file.
    @Test func twoForms() throws {
        let project = TestProject([
            "Analyses/a.md": "---\ntitle: A\nbibliography: [refs.bib, more.json]\n---\n\n@bee and [@dee]\n",
            "Analyses/refs.bib": CitationTests.references,
            "Analyses/more.json": """
            [{"id": "dee", "type": "article-journal", "title": "Eta", "author": [{"family": "Dee", "given": "Di"}],
              "container-title": "J", "volume": "1", "page": "2-3", "issued": {"date-parts": [[2021]]}},
             {"id": "bee", "title": "Taken"}]
            """,
        ])
        let outcome = try #require(project.build())
        #expect(outcome.diagnostics.summary == "warning malformed-bibliography 3:26")
        let markdown = try #require(project.text("output/a.md"))
        #expect(markdown.contains("and ([Dee 2021](#references))"))
        #expect(markdown.contains("- Dee, Di. 2021. “Eta.” *J* 1: 2–3."))
    }

    @Test func malformedCSL() throws {
        let project = TestProject([
            "Analyses/a.md": "---\ntitle: A\nbibliography: refs.json\n---\n\n@a\n",
            "Analyses/refs.json": "[{\"id\": \"a\"},\n {\"title\": \"B\"}]\n",
        ])
        let outcome = try #require(project.build())
        #expect(outcome.diagnostics.summary == "error malformed-bibliography 3:15")
        #expect(outcome.diagnostics.first?.message == "A bibliography is CSL-JSON, and refs.json is not quite")
        let note = outcome.diagnostics.first?.notes.first?.range
        #expect(note?.file.path == "Analyses/refs.json" && note?.start == .init(line: 2, column: 2))
    }

    @Test func withoutABibliographyNothingIsACitation() throws {
        let project = TestProject(["Analyses/a.md": "---\ntitle: A\n---\n\n[@all] and @all\n"])
        #expect(project.build()?.diagnostics.summary == "")
    }
}
