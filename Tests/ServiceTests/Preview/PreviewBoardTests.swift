import Diagnostics
import TestSupport
import Testing
import Workspace

@testable import Pipeline
@testable import Service

/// What the index tells, from the first build on.
@Suite struct PreviewBoardTests {
    private static let claims = """
        ---
        title: Claims
        params: {x: 1}
        ---

        It is [1](#params.x), [above zero](#params.x "> 0").

        """

    @Test func theIndexCountsClaimsAndFindings() throws {
        let sample = PreviewSample(["Analyses/a.md": Self.claims])
        sample.build()
        #expect(sample.text("/").contains("2 hold"))
        #expect(sample.text("/").contains("1 report: 1 built"))
        #expect(sample.text("/").contains("<time datetime=2026-03-01T12:30:05Z>12:30:05 UTC</time>"))
        // Left alone, it tells of the same claims.
        sample.build()
        let report = try #require(sample.hub.board.reports["a.html"])
        #expect(report.claims?.holding == 2 && report.claims?.total == 2)

        sample.project.add("Analyses/a.md", Self.claims.replacing("> 0", with: "> 1"))
        sample.build()
        #expect(sample.text("/").contains("1 of 2 broken") && sample.text("/").contains("1 report: 1 with errors"))
    }

    /// A value of a directive that failed leads to nothing, which is not what is to be mended.
    @Test func whatLedToOthersIsSaidFirst() throws {
        let text = """
            ---
            title: Causes
            ---

            The mean of `{lifts.mu}`.

            ```data
            id: lifts
            source: missing.csv
            ```

            """
        let sample = PreviewSample(["Analyses/a.md": text])
        sample.build()
        let report = try #require(sample.hub.board.reports["a.html"])
        let lines = report.diagnostics.filter { $0.severity == .error }.map { $0.range?.start.line }
        #expect(lines == [9, 5])
        #expect(report.claims == nil && sample.text("/").contains("not checked"))
    }

    @Test func reportsComeAndGo() {
        let sample = PreviewSample(["Analyses/a.md": Self.claims, "Analyses/z/b.md": Self.claims])
        let analyses = ["a", "z/b"].map { name in
            Analysis(
                path: "\(TestProject.root)/Analyses/\(name).md", project: Project(root: TestProject.root),
                shown: "Analyses/\(name).md", outputName: name)
        }
        sample.hub.change { $0.begin(expecting: analyses) }
        #expect(sample.hub.board.paths == ["a.html", "z/b.html"])
        #expect(sample.hub.board.summary == "2 reports: 2 waiting")
        sample.build()
        #expect(sample.hub.board.summary == "2 reports: 2 built")
        sample.hub.change { $0.begin() }
        #expect(sample.hub.board.summary == "2 reports: 2 to be built again")
        try? sample.project.files.remove(TestProject.root + "/Analyses/z/b.md")
        sample.build()
        #expect(sample.hub.board.paths == ["a.html"])
        #expect(sample.get("/z/b.html").status == 404)
    }

    @Test func projectsBesideTheFirstHaveAFolderOfTheirName() {
        var board = PreviewBoard()
        func path(_ root: String, _ name: String) -> String {
            board.path(of: Analysis(path: "", project: Project(root: root), shown: "", outputName: name))
        }
        #expect(path("/p/one", "a") == "a.html")
        #expect(path("/p/two", "a") == "~two/a.html")
        #expect(path("/q/two", "in/a") == "~two-2/in/a.html")
        #expect(path("/p/one", "b") == "b.html" && path("/p/two", "b") == "~two/b.html")
    }

    @Test func sweepsHaveARowForEachReport() {
        let sample = PreviewSample([
            "Analyses/a.md": Self.claims.replacing("{x: 1}", with: "{x: 1}\nsweep: {x: [1, 2]}")
                .replacing("It is [1](#params.x), ", with: "")
        ])
        sample.build()
        #expect(sample.hub.board.paths == ["a.html", "a/x=1.html", "a/x=2.html"])
        #expect(sample.text("/").contains("Analyses/a.md with x=2"))
        #expect(sample.get("/a/x=2.html").status == 200)
    }
}
