import Diagnostics
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// The order of directives: what waits for what, what nothing uses, and that nothing depends on how many run at once.
@Suite struct GraphTests {
    static let rows = "effect,se\n1,0.5\n2,0.5\n3,0.5\n4,0.7\n"

    /// Written backwards: what uses comes before what is used.
    static let analysis = """
        ---
        title: A test
        ---

        The mean is `{pooled.mu.estimate | .2f}`, [above zero](#pooled.mu "> 0").

        ```table
        of: pooled.effects
        ```

        ```meta-analysis
        id: pooled
        data: rows
        effect: effect
        se: se
        ```

        ```meta-analysis
        id: other
        data: rows
        effect: effect
        se: se
        method: ml
        ```

        ```data
        id: rows
        source: rows.csv
        ```

        """

    @Test func theGraphIsPrinted() {
        let project = TestProject(["Analyses/a.md": Self.analysis, "Analyses/rows.csv": Self.rows])
        let (graphs, diagnostics) = DependencyGraph.read(["Analyses/a.md"], in: project.workspace)
        #expect(diagnostics.isEmpty)
        #expect(
            graphs.map(\.text) == [
                """
                Analyses/a.md
                  rows      data           line 26
                  pooled    meta-analysis  line 11  ← rows  (2 in the prose)
                  _table-1  table          line 7  ← pooled
                  other     meta-analysis  line 18  ← rows

                """
            ])
        let dot = DependencyGraph.dot(graphs)
        #expect(dot.contains("\"0/rows\" -> \"0/pooled\";"))
        #expect(dot.contains("[label=\"pooled\\nmeta-analysis\"]"))
    }

    /// The same drawing from the command and in the page: a box a directive, a rounded one a file, words for the blind.
    @Test func theGraphIsDrawn() throws {
        let project = TestProject(["Analyses/a.md": Self.analysis, "Analyses/rows.csv": Self.rows])
        let (graphs, _) = DependencyGraph.read(["Analyses/a.md"], in: project.workspace)
        let svg = DependencyGraph.svg(graphs)
        #expect(svg == DependencyGraph.svg(graphs))
        #expect(svg.matches(of: /<g transform="translate\([0-9., ]+\)"><rect/).count == 5)
        #expect(svg.matches(of: /<rect [^>]*class="source"/).count == 1)
        #expect(
            svg.contains(
                "the table of line 7 waits for meta-analysis pooled. meta-analysis pooled, meta-analysis other wait for "
                    + "data rows. data rows reads rows.csv."))
        #expect(project.build()?.succeeded == true)
        let page = try #require(project.text("output/a.html"))
        let start = try #require(page.firstRange(of: "<details class=graph>")?.lowerBound)
        let drawn = page[start..<(try #require(page.firstRange(of: "</footer>")?.lowerBound))]
        #expect(drawn.matches(of: /<g transform="translate\([0-9., ]+\)"><rect/).count == 5)
        #expect(drawn.utf8.count < 3000)
    }

    @Test func oneDirectiveIsNoGraph() throws {
        let project = TestProject([
            "Analyses/a.md": "---\ntitle: T\n---\n\n```data\nsource: rows.csv\nshow: table\n```\n",
            "Analyses/rows.csv": Self.rows,
        ])
        #expect(project.build()?.succeeded == true)
        let page = try #require(project.text("output/a.html"))
        #expect(!page.contains("class=graph") && !page.contains(".graph rect"))
    }

    @Test(arguments: [1, 2, 8]) func resultsDoNotDependOnJobs(jobs: Int) throws {
        func outputs(_ jobs: Int) throws -> [String?] {
            let project = TestProject(["Analyses/a.md": Self.analysis, "Analyses/rows.csv": Self.rows])
            let outcome = try #require(project.build { $0.jobs = jobs })
            #expect(outcome.succeeded, "\(outcome.diagnostics.summary)")
            return ["html", "md", "json"].map { project.text("output/a.\($0)") }
        }
        #expect(try outputs(jobs) == outputs(3))
    }

    /// A failure stops what needs it, and nothing else, however many run at once; diagnostics keep their order.
    @Test(arguments: [1, 2, 8]) func failuresDoNotDependOnJobs(jobs: Int) throws {
        let text = Self.analysis.replacing("method: ml", with: "method: ml\nlevel: 2").replacing(
            "effect: effect\nse: se\n```\n\n```meta", with: "effect: efect\nse: se\n```\n\n```meta")
        let project = TestProject(["Analyses/a.md": text, "Analyses/rows.csv": Self.rows])
        let outcome = try #require(project.build { $0.jobs = jobs })
        #expect(
            outcome.diagnostics.summary == """
                error path-to-nothing 5:13
                error path-to-nothing 5:43
                error missing-column 14:9
                error not-estimable 18:4
                error out-of-range 24:8
                """)
    }

    @Test func whatNothingUsesIsAWarning() throws {
        let text = Self.analysis + "\n```data\nid: spare\nsource: rows.csv\n```\n"
        let project = TestProject(["Analyses/a.md": text, "Analyses/rows.csv": Self.rows])
        let outcome = try #require(project.build())
        #expect(outcome.succeeded)
        #expect(outcome.diagnostics.summary == "warning unused-result 31:4")
    }

    @Test func cyclesNameEveryDirective() {
        let text = """
            ---
            title: A test
            ---

            ```table
            id: one
            rows: {a: "{two.x}"}
            ```

            ```table
            id: two
            rows: {a: "{one.x}"}
            ```

            """
        let project = TestProject(["Analyses/a.md": text])
        let (_, diagnostics) = DependencyGraph.read(["Analyses/a.md"], in: project.workspace)
        #expect(diagnostics.map(\.code.name).contains("cycle"), "\(diagnostics.summary)")
    }
}
