import Diagnostics
import Execution
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// What `CacheTests` does for one analysis, across files: of two analyses that share some, exactly those directives run
/// again that depend on what changed.
@Suite struct StalenessTests {
    private static func model(_ id: String, _ data: String, more: String = "") -> String {
        "```meta-analysis\nid: \(id)\ndata: \(data)\neffect: effect\nse: se\n\(more)show: table\n```\n\n"
    }

    private static let files = [
        "Analyses/a.md": """
        ---
        title: A
        params: {level: 0.9}
        bibliography: refs.bib
        ---

        By @bee, $x$.

        <!-- include: shared/part.md -->

        ```data
        id: parts
        source: "parts/*.csv"
        show: table
        ```


        """ + model("joint", "parts", more: "level: \"{params.level}\"\n") + model("mine", "shared"),
        "Analyses/b.md": """
        ---
        title: B
        params: {level: 0.9}
        ---

        <!-- include: shared/part.md -->

        ```data
        id: own
        source: own.csv
        ```


        """ + model("yours", "shared", more: "level: \"{params.level}\"\n") + model("alone", "own"),
        "Analyses/shared/part.md": "```data\nid: shared\nsource: rows.csv\n```\n\nA shared remark.\n",
        "Analyses/shared/rows.csv": CacheTests.rows, "Analyses/own.csv": CacheTests.rows,
        "Analyses/parts/1.csv": CacheTests.rows, "Analyses/parts/2.csv": CacheTests.rows,
        "Analyses/refs.bib": "@book{bee, author={Bee, Ann}, title={Tests}, publisher={Press}, year=2024}\n",
    ]

    private static func project() throws -> TestProject {
        let project = TestProject(files)
        try project.addKaTeX()
        return project
    }

    /// All of a first build. What both include is the same directive over the same data, and is computed once.
    private static let all = ["a/joint", "a/mine", "a/parts", "a/shared", "b/alone", "b/own", "b/yours"]

    /// Which directives a build ran, as `a/joint`.
    private func ran(_ outcomes: [Build.Outcome]) -> [String] {
        #expect(outcomes.allSatisfy { $0.succeeded }, "\(outcomes.flatMap(\.diagnostics).summary)")
        return outcomes.flatMap { outcome in
            outcome.explanations.filter { !$0.isReused }.map { "\(outcome.analysis.outputName)/\($0.id)" }
        }.sorted()
    }

    /// Which directives a second build runs after a change; cold and warm bytes are the same.
    private func rerun(
        _ options: @escaping (inout BuildOptions) -> Void = { _ in }, _ change: (TestProject) -> Void
    ) throws -> [String] {
        let project = try Self.project()
        let paths = ["Analyses/a.md", "Analyses/b.md"]
        #expect(ran(project.run(paths).outcomes) == Self.all)
        change(project)
        let second = ran(project.run(paths, options).outcomes)
        let names = ["a.html", "a.md", "a.json", "b.html", "b.md", "b.json"]
        let warm = names.map { project.text("output/\($0)") }
        _ = project.run(paths, cached: false, options)
        #expect(names.map { project.text("output/\($0)") } == warm)
        return second
    }

    private func edit(_ project: TestProject, _ path: String, _ old: String, _ new: String) {
        let text = project.text(path) ?? ""
        #expect(text.contains(old))
        project.add(path, text.replacing(old, with: new))
    }

    @Test func nothing() throws { #expect(try rerun { _ in } == []) }

    @Test func dataThatBothRead() throws {
        #expect(
            try rerun { edit($0, "Analyses/shared/rows.csv", "4,0.7", "5,0.7") } == ["a/mine", "a/shared", "b/yours"])
    }

    @Test func dataThatOneReads() throws {
        #expect(try rerun { edit($0, "Analyses/own.csv", "4,0.7", "5,0.7") } == ["b/alone", "b/own"])
    }

    /// Prose of an include costs nothing; its directive runs again with what reads it in both.
    @Test func anIncludedFile() throws {
        #expect(try rerun { edit($0, "Analyses/shared/part.md", "A shared remark", "Another remark") } == [])
        #expect(
            try rerun { edit($0, "Analyses/shared/part.md", "rows.csv\n", "rows.csv\nwhere: effect < 4\n") } == [
                "a/mine", "a/shared", "b/yours",
            ])
    }

    /// A file that a pattern finds anew, no more, or with other bytes; not one that it does not match.
    @Test func aPatternsFiles() throws {
        let dependants = ["a/joint", "a/parts"]
        #expect(try rerun { $0.add("Analyses/parts/3.csv", CacheTests.rows) } == dependants)
        #expect(try rerun { try? $0.files.remove(TestProject.root + "/Analyses/parts/2.csv") } == dependants)
        #expect(try rerun { edit($0, "Analyses/parts/1.csv", "4,0.7", "5,0.7") } == dependants)
        #expect(try rerun { $0.add("Analyses/parts/3.txt", CacheTests.rows) } == [])
        // The same bytes under another name: a report tells which files it read.
        #expect(
            try rerun {
                $0.add("Analyses/parts/3.csv", CacheTests.rows)
                try? $0.files.remove(TestProject.root + "/Analyses/parts/2.csv")
            } == dependants)
    }

    @Test func aParameterOfBoth() throws {
        #expect(try rerun({ $0.params = [("level", "0.8")] }, { _ in }) == ["a/joint", "b/yours"])
    }

    @Test func aFileOfParameters() throws {
        let project = try Self.project()
        project.add("p.yaml", "level: 0.8\n")
        _ = project.run(["Analyses/a.md"]) { $0.paramsFile = "p.yaml" }
        project.add("p.yaml", "level: 0.7\n")
        let outcome = try #require(project.run(["Analyses/a.md"]) { $0.paramsFile = "p.yaml" }.outcomes.first)
        let ran = outcome.explanations.filter { !$0.isReused }
        #expect(ran.map(\.text) == ["meta-analysis joint: ran, because value params.level changed: 0.8 → 0.7"])
    }

    @Test func theSeed() throws {
        #expect(try rerun({ $0.seed = 7 }, { _ in }) == ["a/joint", "a/mine", "b/alone", "b/yours"])
    }

    /// A bibliography is of the page alone: it is set again, nothing computed.
    @Test func aBibliography() throws {
        #expect(try rerun { edit($0, "Analyses/refs.bib", "Bee, Ann", "Bee, Beth") } == [])
        let project = try Self.project()
        _ = project.run(["Analyses/a.md"])
        let before = try #require(project.text("output/a.md"))
        edit(project, "Analyses/refs.bib", "Tests", "Trials")
        _ = project.run(["Analyses/a.md"])
        #expect(!before.contains("Trials") && project.text("output/a.md")?.contains("Trials") == true)
    }

    /// So is KaTeX: another file sets the formulas again and is named in the report.
    @Test func anotherKaTeX() throws {
        let comment = "\n// another one\n"
        #expect(try rerun { $0.files.append(comment, to: TestProject.katexPlace) } == [])
        let project = try Self.project()
        _ = project.run(["Analyses/a.md"])
        let page = try #require(project.text("output/a.html"))
        project.files.append(comment, to: TestProject.katexPlace)
        _ = project.run(["Analyses/a.md"])
        #expect(project.text("output/a.html") != page && project.text("output/a.html")?.contains("<math") == true)
    }

    @Test func aVariableOfTheEnvironment() throws {
        let project = try Self.project()
        project.add("report.yaml", "environment: [RELEASE]\n")
        let paths = ["Analyses/a.md", "Analyses/b.md"]
        #expect(ran(project.run(paths, environment: ["RELEASE": "1"]).outcomes) == Self.all)
        #expect(ran(project.run(paths, environment: ["RELEASE": "1"]).outcomes) == [])
        #expect(ran(project.run(paths, environment: ["RELEASE": "2"]).outcomes) == Self.all)
    }
}

extension MemoryFileSystem {
    fileprivate func append(_ text: String, to path: String) { add(path, (bytes(at: path) ?? []) + Array(text.utf8)) }
}
