import Diagnostics
import Foundation
import Pipeline
import TestSupport
import Testing
import Workspace

/// Callouts, footnotes, tabs and the source of directives in the page and in the Markdown.
@Suite struct ProseTests {
    private func outputs(_ prose: String, _ more: [String: String] = [:]) throws -> (page: String, markdown: String) {
        let files = ["Analyses/a.md": "---\ntitle: T\n---\n\n\(prose)\n", "Analyses/a.csv": "x\n1\n"]
        let project = TestProject(files.merging(more) { $1 })
        let outcome = try #require(project.build())
        #expect(outcome.diagnostics.summary == "")
        return (try #require(project.text("output/a.html")), try #require(project.text("output/a.md")))
    }

    @Test(arguments: ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])
    func callouts(kind: String) throws {
        let text = "> [!\(kind)]\n> Mind *this*.\n>\n> - one"
        let (page, markdown) = try outputs("Before\n\n" + text + "\n\nAfter")
        let name = kind.lowercased()
        #expect(
            page.contains(
                "<div class=\"callout \(name)\" role=note><p class=callout-title>\(kind.capitalized)<p>"))
        #expect(page.contains("<p>Mind <em>this</em>.\n<ul><li>one</ul>"))
        #expect(!page.contains("[!\(kind)]"))
        #expect(markdown.contains("Before\n\n" + text + "\n\nAfter"))
    }

    @Test(arguments: ["false", "true", "fold"]) func sourceOfDirectives(echo: String) throws {
        let (page, markdown) = try outputs("```data\nsource: a.csv\nshow: table\ncaption: Rows\necho: \(echo)\n```")
        let open = echo == "true"
        #expect(page.contains("<details class=source\(open ? " open" : "")>") == (echo != "false"))
        #expect(page.contains("source: a.csv") == (echo != "false"))
        #expect(
            markdown.contains("<details\(open ? " open" : "")><summary>Behind Table 1")
                == (echo != "false"))
        #expect(markdown.contains("source: a.csv") == (echo != "false"))
    }

    // MARK: Footnotes

    /// Numbers go by the first reference, in the text's order; each reference has its way back.
    @Test func footnotes() throws {
        let (page, markdown) = try outputs(
            """
            One[^b] two[^a] three[^b].

            | a[^c] |
            | - |
            | 1 |

            [^a]: Alpha, see[^d].
            [^b]: Beta
            [^c]: Gamma
            [^d]: Delta
            [^e]: Nobody
            """)
        let list = try #require(page.firstRange(of: "<section class=footnotes")).lowerBound
        let order = page[list...].matches(of: /<li id="fn:([0-9])"><p>([A-Z][a-z]+)/).map { "\($0.1)\($0.2)" }
        #expect(order == ["1Beta", "2Alpha", "3Gamma", "4Delta"])
        let targets = Set(page.matches(of: /href="#(fn[^"]*)"/).map { String($0.1) })
        let ids = page.matches(of: /id="(fn[^"]*)"/).map { String($0.1) }
        #expect(Set(ids) == targets && Set(ids).count == ids.count)
        #expect(ids.contains("fnref:1") && ids.contains("fnref:1-2"))
        #expect(page.contains("<th scope=col>a<sup"))
        #expect(markdown.contains("One[^b] two[^a] three[^b].") && markdown.contains("[^d]: Delta"))
        #expect(!page.contains("Nobody") && !markdown.contains("Nobody"))
    }

    /// Captions and the abstract are parsed apart, and yet refer to the notes of their file.
    @Test func footnotesOfCaptions() throws {
        let project = TestProject([
            "Analyses/a.md": """
            ---
            title: T
            abstract: Short[^s].
            ---

            ```data
            source: a.csv
            show: table
            caption: "Rows[^r] and [^none] here. More."
            ```

            [^r]: A row.
            [^s]: For short.

            """,
            "Analyses/a.csv": "x\n1\n",
        ])
        #expect(project.build()?.diagnostics.summary == "")
        let page = try #require(project.text("output/a.html"))
        #expect(
            page.matches(of: /<li id="fn:[12]"><p>(A row|For short)\./).map { String($0.1) } == ["For short", "A row"])
        #expect(page.contains("and [^none] here"))
        let markdown = try #require(project.text("output/a.md"))
        #expect(
            markdown.contains("Short[^s].") && markdown.contains("**Table 1. Rows[^r] and \\[^none\\] here.** More."))
        #expect(markdown.contains("[^r]: A row."))
    }

    /// A label holds in its file.
    @Test func footnotesOfIncludes() throws {
        let (page, markdown) = try outputs(
            "One[^1]\n\n<!-- include: b.md -->\n\n[^1]: Mine\n",
            ["Analyses/b.md": "Two[^1]\n\n[^1]: Theirs\n"])
        #expect(page.matches(of: /<li id="fn:[12]"><p>([A-Z][a-z]+)/).map { String($0.1) } == ["Mine", "Theirs"])
        #expect(markdown.contains("One[^1]\n\nTwo[^1-2]"))
        #expect(markdown.contains("[^1]: Mine") && markdown.contains("[^1-2]: Theirs"))
    }

    /// A fence that is never closed takes the rest of the file for its own, and no more.
    @Test func footnotesBeforeAnOpenFence() throws {
        let (page, _) = try outputs("One[^1]\n\n[^1]: Note\n\n```text\nopen")
        #expect(page.contains("open\n</code>") && page.contains("<li id=\"fn:1\"><p>Note"))
    }

    // MARK: Tabs

    @Test func tabs() throws {
        let (page, markdown) = try outputs(
            """
            ## Results

            @sec-app, [app](#app), @tbl-rows, [1](#rows.rows "> 0").

            <!-- tabs -->

            ### Web *now*

            First

            ### App

            #### Detail

            ```data
            id: rows
            source: a.csv
            show: table
            caption: Rows
            ```

            <!-- /tabs -->

            ## After
            """)
        #expect(page.contains("<div class=tabs role=group aria-label=\"Tabs: Web now, App\">"))
        #expect(
            page.contains(
                "<details name=tabs:1 open><summary><h3>Web <em>now</em></h3></summary>"
                    + "<div class=tab id=\"web-now\">\n<p>First\n</div></details>"))
        #expect(page.contains("<details name=tabs:1><summary><h3>App</h3></summary><div class=tab id=\"app\">"))
        #expect(page.contains("<a href=\"#app\" class=ref>App</a>"))
        #expect(page.contains("<a class=claim href=\"#rows\""))
        #expect(
            page.contains(
                "<figcaption id=\"table:rows\"><strong><a class=self href=\"#rows\">Table 1.</a> Rows</strong>"))
        let contents = page.matches(of: /<li[^>]*><a href="#([^"]*)">/).map { String($0.1) }
        #expect(contents == ["results", "after"])
        #expect(!markdown.contains("tabs -->"))
        #expect(
            markdown.contains(
                "### Web *now*\n\nFirst\n\n### App\n\n#### Detail\n\n<a id=\"rows\"></a>\n\n**Table 1. Rows**"))
    }

    /// The list that ends a report is in its table of contents.
    @Test func referencesAreInTheContents() throws {
        let project = TestProject([
            "Analyses/a.md": "---\ntitle: T\nbibliography: r.bib\n---\n\n## One\n\n@a.\n",
            "Analyses/r.bib": "@misc{a, author={A, B}, title={T}, year=2020}\n",
        ])
        #expect(project.build()?.diagnostics.summary == "")
        #expect(
            try #require(project.text("output/a.html")).contains("<li><a href=\"#page:references\">References</a>")
        )
    }
}
