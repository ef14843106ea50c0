import Diagnostics
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// Links, images and includes: what is written in one folder works from the report's.
@Suite struct LinkTests {
    private static func analysis(_ prose: String) -> String { "---\ntitle: T\n---\n\n\(prose)\n" }

    @Test func relativeLinksLeadToTheSamePlace() throws {
        let project = TestProject([
            "Analyses/deep/a.md": LinkTests.analysis(
                """
                [other](../b.md#part-1) [data](../data/my%20rows.csv) [page](../b.html) [folder](../data/) [me](a.md?x)

                [ref] [web](https://example.org/x.md) [here](#top) [mail](mailto:a@b.example) [up](../../../x.md)

                [ref]: ../b.md "A title"
                """),
            "Analyses/b.md": LinkTests.analysis("## Part 1\n\n<!-- include: parts/c.md -->"),
            "Analyses/parts/c.md": "[up](../b.md) and [rows](../data/my%20rows.csv)\n",
            "Analyses/data/my rows.csv": "a\n1\n", "Analyses/data/README.md": "No front matter.\n",
        ])
        #expect(project.build("Analyses/deep/a.md")?.diagnostics.summary == "")
        let markdown = try #require(project.text("output/deep/a.md"))
        #expect(
            markdown.contains(
                """
                [other](../b.md#part-1) [data](../../Analyses/data/my%20rows.csv) [page](../b.html) \
                [folder](../../Analyses/data/) [me](a.md?x)

                [ref](../b.md "A title") [web](https://example.org/x.md) [here](#top) [mail](mailto:a@b.example) \
                [up](../../../x.md)
                """))
        let page = try #require(project.text("output/deep/a.html"))
        #expect(page.contains("<a href=\"../b.html#part-1\">other</a>"))
        #expect(page.contains("<a href=\"../../Analyses/data/my%20rows.csv\">data</a>"))
        #expect(page.contains("<a href=\"../b.html\" title=\"A title\">ref</a>"))
        #expect(page.contains("<a href=\"a.html?x\">me</a>"))
        #expect(project.build("Analyses/b.md")?.diagnostics.summary == "")
        let other = try #require(project.text("output/b.md"))
        #expect(other.contains("[up](b.md) and [rows](../Analyses/data/my%20rows.csv)"))
    }

    @Test func captionsAbstractsAndCells() throws {
        let project = TestProject([
            "Analyses/a.md": """
            ---
            title: T
            abstract: As [b](b.md) says.
            ---

            ```data
            source: a.csv
            show: table
            echo: false
            caption: "Rows. See [b](b.md)."
            ```

            ```table
            columns: [What]
            rows: [["In [b](b.md)"]]
            footnotes: Of [b](b.md).
            echo: false
            ```

            """,
            "Analyses/b.md": LinkTests.analysis("x"), "Analyses/a.csv": "x\n1\n",
        ])
        #expect(project.build { $0.output = "elsewhere" }?.diagnostics.summary == "")
        let page = try #require(project.text("elsewhere/a.html"))
        #expect(page.matches(of: /<a href="b\.html">b<\/a>/).count == 4)
        #expect(try #require(project.text("elsewhere/a.md")).matches(of: /\[b\]\(b\.md\)/).count == 4)
    }

    @Test func deadLinks() throws {
        let project = TestProject([
            "Analyses/a.md": LinkTests.analysis("[b](method.md#x), [c](none.csv), [d](../output/later.html)."),
            "Analyses/methods.md": "x\n",
        ])
        let outcome = try #require(project.build())
        #expect(outcome.diagnostics.summary == "warning dead-link 5:5\nwarning dead-link 5:23")
        #expect(outcome.diagnostics.first?.fixIts.map(\.replacement) == ["methods.md"])
        #expect(outcome.diagnostics.first?.fixIts.first?.range.text == "method.md")
        #expect(try #require(project.text("output/a.md")).contains("[d](later.html)"))
        let (_, checks) = Check(in: project.workspace).run(["Analyses/a.md"])
        #expect(checks.first?.diagnostics.summary == outcome.diagnostics.summary)
    }

    /// A link that leads out of the project is neither followed nor told apart by what lies there.
    @Test func nothingOutsideIsLookedAt() throws {
        let project = TestProject(["Analyses/a.md": LinkTests.analysis("[x](../../secret.md) [y](../../none.md)")])
        project.files.add("/home/ann/secret.md", Array("---\ntitle: S\n---\n".utf8))
        #expect(project.build()?.diagnostics.summary == "")
        #expect(try #require(project.text("output/a.md")).contains("[x](../../secret.md) [y](../../none.md)"))
    }

    /// The reports of a sweep lie a folder deeper.
    @Test func sweptReports() throws {
        let project = TestProject([
            "Analyses/a.md": "---\ntitle: T\nparams: {s: 1}\nsweep: {s: [1, 2]}\n---\n\n[b](b.md)\n",
            "Analyses/b.md": LinkTests.analysis("x"),
        ])
        _ = project.build()
        #expect(try #require(project.text("output/a/s=1.md")).contains("[b](../b.md)"))
    }

    /// Includes at any depth are in both formats; images of one name in two folders are two images.
    @Test func nestedIncludes() throws {
        let project = TestProject([
            "Analyses/a.md": LinkTests.analysis(
                "First ![one](dot.svg)\n\n<!-- include: parts/b.md -->\n\nLast"),
            "Analyses/parts/b.md":
                "Second `{params.x}`\n\n<!-- include: deeper/c.md -->\n\n- item\n\n  ![two](dot.svg)\n",
            "Analyses/parts/deeper/c.md": "Third ![one again](../../dot.svg)\n\n| a |\n| - |\n| ![two](../dot.svg) |\n",
            "Analyses/dot.svg": "<svg>1</svg>", "Analyses/parts/dot.svg": "<svg>2</svg>",
        ])
        project.add(
            "Analyses/a.md",
            (project.text("Analyses/a.md") ?? "").replacing("title: T", with: "title: T\nparams: {x: 5}"))
        #expect(project.build()?.diagnostics.summary == "")
        let markdown = try #require(project.text("output/a.md"))
        let order = ["First", "Second 5", "Third", "| ![two]", "- item", "Last"]
        let places = order.compactMap { markdown.firstRange(of: $0)?.lowerBound }
        #expect(places.count == order.count && places == places.sorted())
        #expect(!markdown.contains("include:"))
        let images = markdown.matches(of: /!\[[a-z ]+\]\((a_files\/image-[0-9]+\.svg)\)/).map { String($0.1) }
        #expect(
            images.map { project.text("output/" + $0) } == [
                "<svg>1</svg>", "<svg>1</svg>", "<svg>2</svg>", "<svg>2</svg>",
            ])
        let page = try #require(project.text("output/a.html"))
        // "<svg>1</svg>" and "<svg>2</svg>" in base 64.
        #expect(
            page.matches(of: /base64,PHN2Zz([A-Za-z0-9+\/=]+)"/).map { String($0.1) } == [
                "4xPC9zdmc+", "4xPC9zdmc+", "4yPC9zdmc+", "4yPC9zdmc+",
            ])
    }
}
