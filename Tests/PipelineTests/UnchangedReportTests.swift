import Diagnostics
import Documents
import Execution
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// A report is left alone while everything that it depends on is as it was, and made again where one thing is not.
@Suite struct UnchangedReportTests {
    private static let analysis = """
        ---
        title: A test
        params: {segment: a}
        bibliography: works.bib
        ---

        ![A picture](picture.svg) says @doe2020, and the mean is `{pooled.mu.estimate | .2f}`.

        <!-- include: part.md -->

        ```data
        id: rows
        source: rows-*.csv
        where: segment = {params.segment}
        ```

        ```meta-analysis
        id: pooled
        data: rows
        effect: effect
        se: se
        ```

        """

    private static func project(_ more: [String: String] = [:]) -> TestProject {
        TestProject(
            [
                "Analyses/a.md": analysis, "Analyses/part.md": "A part.\n",
                "Analyses/rows-1.csv": "effect,se,segment\n1,0.5,a\n2,0.5,a\n3,0.5,b\n4,0.7,b\n",
                "Analyses/picture.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "Analyses/works.bib": "@article{doe2020, author = {Doe, Ann}, title = {A Title}, year = {2020}}\n",
                "values.yaml": "segment: a\n",
            ].merging(more) { $1 })
    }

    /// Whether a report that was built twice is left alone at a third build, after a change.
    private func isLeftAlone(
        _ options: @escaping (inout BuildOptions) -> Void = { _ in }, _ change: (TestProject) throws -> Void
    ) throws -> Bool {
        let project = Self.project()
        let first = try #require(project.build(cached: true, options))
        #expect(first.succeeded && !first.isUnchanged, "\(first.diagnostics.summary)")
        let second = try #require(project.build(cached: true, options))
        #expect(second.isUnchanged && second.files == first.files && second.digests == first.digests)
        #expect(second.explanations.map(\.text) == ["data rows: unchanged", "meta-analysis pooled: unchanged"])
        try change(project)
        let third = try #require(project.build(cached: true, options))
        #expect(third.succeeded, "\(third.diagnostics.summary)")
        // Left alone or made again, it is what a build without a memory makes.
        let warm = ["html", "md", "json"].map { project.text("output/a.\($0)") }
        let cold = try #require(project.build(cached: false, options))
        #expect(!cold.isUnchanged && ["html", "md", "json"].map { project.text("output/a.\($0)") } == warm)
        return third.isUnchanged
    }

    private func edit(_ project: TestProject, _ path: String, _ old: String, _ new: String) throws {
        let text = try #require(project.text(path))
        #expect(text.contains(old))
        project.add(path, text.replacing(old, with: new))
    }

    @Test func nothingChanged() throws {
        #expect(try isLeftAlone { _ in })
        #expect(try isLeftAlone { $0.add("Analyses/unrelated.md", "---\ntitle: Another\n---\n") })
        // Written again, and the same.
        #expect(try isLeftAlone { $0.add("Analyses/a.md", Self.analysis) })
    }

    @Test(arguments: [
        ("Analyses/a.md", "says", "tells"), ("Analyses/part.md", "A part", "Another part"),
        ("Analyses/rows-1.csv", "2,0.5", "2.5,0.5"), ("Analyses/picture.svg", "/>", " />"),
        ("Analyses/works.bib", "A Title", "Another Title"),
    ])
    func anInput(_ path: String, _ old: String, _ new: String) throws {
        #expect(try !isLeftAlone { try edit($0, path, old, new) })
    }

    @Test func aFileThatAPatternFinds() throws {
        #expect(try !isLeftAlone { $0.add("Analyses/rows-2.csv", "effect,se,segment\n2,0.5,a\n") })
    }

    @Test(arguments: ["output/a.html", "output/a.md", "output/a.json"])
    func anOutput(_ path: String) throws {
        #expect(try !isLeftAlone { $0.add(path, "written over") })
        #expect(try !isLeftAlone { try $0.files.remove(TestProject.root + "/" + path) })
    }

    @Test func theProjectsTemplates() throws {
        #expect(try !isLeftAlone({ $0.trustsTemplates = true }) { $0.add("Templates/theme.css", "p { color: red }") })
    }

    @Test func aFileOfParameters() throws {
        #expect(try isLeftAlone({ $0.paramsFile = "values.yaml" }) { _ in })
        #expect(
            try !isLeftAlone({ $0.paramsFile = "values.yaml" }) { $0.add("values.yaml", "segment: b\n") })
    }

    @Test func options() throws {
        let project = Self.project()
        var options: [(inout BuildOptions) -> Void] = [
            { _ in }, { $0.params = [("segment", "b")] }, { $0.formats = [.html] }, { $0.seed = 7 },
            { $0.output = "elsewhere" }, { $0.sweeps = [("segment", ["a", "b"])] },
        ]
        for change in options {
            #expect(project.build(cached: true, change)?.isUnchanged == false)
            #expect(project.build(cached: true, change)?.isUnchanged == true)
        }
        // What one of the others wrote over is made again.
        options.removeLast(4)
        for change in options { #expect(project.build(cached: true, change)?.isUnchanged == false) }
    }

    /// What a build had to say is said again, with its place.
    @Test func warnings() throws {
        let project = Self.project(["Analyses/part.md": "```data\nid: unused\nsource: rows-1.csv\nshow: none\n```\n"])
        let first = try #require(project.build(cached: true))
        #expect(first.succeeded && !first.diagnostics.isEmpty)
        let second = try #require(project.build(cached: true))
        let formatter = DiagnosticFormatter()
        #expect(second.isUnchanged && second.diagnostics.map(formatter.text) == first.diagnostics.map(formatter.text))
        #expect(project.build(cached: true) { $0.isStrict = true }?.succeeded == false)
        #expect(project.build(cached: true) { $0.isStrict = true }?.isUnchanged == false)
    }

    @Test func failuresAreNotRemembered() throws {
        let project = Self.project(["Analyses/part.md": "`{nothing.at.all}`\n"])
        for _ in 0..<2 {
            let outcome = try #require(project.build(cached: true))
            #expect(!outcome.succeeded && !outcome.isUnchanged && !outcome.diagnostics.isEmpty)
        }
    }

    @Test func damagedMemoriesAreNotBelieved() throws {
        let project = Self.project()
        _ = project.build(cached: true)
        for path in project.files.paths where path.contains("/.report/cache/") {
            var bytes = try #require(project.files.bytes(at: path))
            bytes[bytes.count / 2] ^= 1
            project.files.add(path, bytes)
        }
        let outcome = try #require(project.build(cached: true))
        #expect(outcome.succeeded && !outcome.isUnchanged && outcome.explanations.allSatisfy { !$0.isReused })
        #expect(project.build(cached: true)?.isUnchanged == true)
    }
}
