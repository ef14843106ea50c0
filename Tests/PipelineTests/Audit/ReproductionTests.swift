import Diagnostics
import Documents
import Ledger
import TestSupport
import Testing
import Values
import Workspace

@testable import Pipeline

/// Builds of the trail made again, in a project in memory and without git: from files that are still what they were.
@Suite struct ReproductionTests {
    private static let analysis = """
        ---
        title: Made again
        seed: 7
        params: {level: 0.9, segment: a}
        ---

        ```data
        id: moments
        source: data/arms-*.csv
        ```

        ```effects
        id: lifts
        data: moments
        layout: arms
        experiment: test
        variant: arm
        control: C
        metric: metric
        count: n
        mean: mean
        variance: variance
        ```

        Of `{moments.rows}` rows; see [the notes](notes.md).

        <!-- include: parts/more.md -->

        """

    private func project(_ analysis: String = ReproductionTests.analysis) -> TestProject {
        TestProject([
            "Analyses/a.md": analysis, "Analyses/notes.md": "Notes.\n", "Analyses/parts/more.md": "More of it.\n",
            "Analyses/data/arms-1.csv": TestProject.armMoments,
        ])
    }

    /// A build's entry and record, as the trail would have them.
    private func entry(
        _ project: TestProject, _ change: (inout BuildOptions) -> Void = { _ in }
    ) throws -> (entry: LedgerEntry, record: EntryRecord) {
        let built = project.build("Analyses/a.md", change)
        let outcome = try #require(built)
        try #require(outcome.succeeded, "\(outcome.diagnostics.summary)")
        var parts = try #require(outcome.facts?.parts)
        parts.entry.time = "2026-11-28T23:01:07Z"
        return parts
    }

    private func again(
        _ project: TestProject, _ made: (entry: LedgerEntry, record: EntryRecord),
        _ change: (inout BuildOptions) -> Void = { _ in }
    ) -> (reproduction: Reproduction?, diagnostics: [Diagnostic]) {
        var options = BuildOptions()
        change(&options)
        let before = project.files.paths
        let result = Reproduction.run(
            made.entry, number: 3, record: made.record, of: Project(root: TestProject.root),
            output: TestProject.root + "/output", options, in: project.workspace,
            trust: Trust(project.workspace, configurationHome: "/home/ann/.config"))
        #expect(project.files.paths == before, "nothing is written")
        return result
    }

    @Test func whatIsStillThereIsMadeAgain() throws {
        let project = project()
        let made = try entry(project)
        let html = project.text("output/a.html")
        // Another build since, and what it wrote.
        project.add("output/a.html", "overwritten")
        let (reproduction, diagnostics) = again(project, made)
        #expect(diagnostics.isEmpty)
        let found = try #require(reproduction)
        #expect(found.verdict == .bytes && found.isSame && found.hasSameResults)
        #expect(found.files.count == made.entry.files.count && !found.files.isEmpty)
        #expect(found.files.first { $0.path == "a.html" }?.bytes == html.map { Array($0.utf8) })
        #expect(project.text("output/a.html") == "overwritten")
        #expect(found.text().hasPrefix("entry 3 of a is made again byte for byte: \(found.files.count) files\n"))
        #expect(found.value["verdict"] == "bytes" && found.value["isSame"] == true)
    }

    /// What earlier builds kept is asked nothing.
    @Test func theCacheIsNotRead() throws {
        let project = project()
        _ = project.build("Analyses/a.md", cached: true)
        #expect(project.files.paths.contains { $0.hasPrefix(TestProject.root + "/.report/") })
        let made = try entry(project)
        let witness = WitnessingFileSystem(project.files)
        var workspace = project.workspace
        workspace.files = witness
        let result = Reproduction.run(
            made.entry, number: 3, record: made.record, of: Project(root: TestProject.root),
            output: TestProject.root + "/output", BuildOptions(), in: workspace,
            trust: Trust(workspace, configurationHome: "/home/ann/.config"))
        #expect(result.reproduction?.verdict == .bytes)
        let asked = witness.answers.map(\.question.path)
        #expect(asked.contains { $0.hasSuffix("/arms-1.csv") } && !asked.contains { $0.contains("/.report") })
    }

    /// Data that came since would be found by the pattern of then.
    @Test func newDataHasNoPlace() throws {
        let project = project()
        let made = try entry(project)
        project.add("Analyses/data/arms-2.csv", TestProject.armMoments)
        #expect(try #require(again(project, made).reproduction).verdict == .bytes)
    }

    @Test func whatChangedIsNamedWithItsDigest() throws {
        let project = project()
        let made = try entry(project)
        project.add("Analyses/data/arms-1.csv", TestProject.armMoments + "d,C,clicks,100,5,4\n")
        try project.files.remove(TestProject.root + "/Analyses/parts/more.md")
        let (reproduction, diagnostics) = again(project, made)
        #expect(reproduction == nil)
        #expect(diagnostics.map(\.code) == [.lostSource, .lostSource])
        #expect(diagnostics[0].message.contains("Analyses/parts/more.md"))
        #expect(diagnostics[1].message.contains("Analyses/data/arms-1.csv"))
        let notes = diagnostics[1].notes.map(\.message)
        #expect(notes[0] == "needed: \(made.entry.data[0].bytes) bytes with SHA-256 \(made.entry.data[0].sha256)")
        #expect(notes[1] == "the entry names no commit")
        #expect(notes[2].hasPrefix("in the project it is another now, with SHA-256 "))
    }

    /// The seed, the parameters and the formats are the entry's, whatever the analysis says for others.
    @Test func whatWasAskedForIsAskedForAgain() throws {
        let project = project()
        let made = try entry(project) {
            $0.seed = 11
            $0.params = [("level", "0.5")]
            $0.formats = [.json]
        }
        let found = try #require(again(project, made).reproduction)
        #expect(found.verdict == .bytes && found.files.map(\.path) == ["a.json"])
    }

    @Test func filesThatDifferAreNamedWithThePlace() throws {
        let project = project()
        var made = try entry(project)
        let index = try #require(made.entry.files.firstIndex { $0.path == "a.md" })
        // As if a former program had written another second line.
        let other = try #require(project.text("output/a.md")).replacing("Of 12 rows", with: "Of 13 rows")
        project.add("output/a.md", other)
        made.entry.files[index] = LedgerEntry.File(path: "a.md", Array(other.utf8))
        let found = try #require(again(project, made).reproduction)
        #expect(found.verdict == .differs && !found.isSame)
        guard case .differs(let place?) = found.files[index].state else {
            Issue.record("\(found.files[index].state)")
            return
        }
        #expect(place.hasPrefix("line ") && place.contains(", byte "))
        #expect(found.text().contains("the first file that differs is a.md"))
        #expect(found.text().contains("results: equal to the bit"))
        // Where the file of then is gone there is no place to tell.
        try project.files.remove(TestProject.root + "/output/a.md")
        #expect(try #require(again(project, made).reproduction).files[index].state == .differs(at: nil))
    }

    /// Another version may write other bytes; the numbers must be the same to 10⁻⁹.
    @Test func anotherProgramIsHeldToNumbers() throws {
        let project = project()
        var made = try entry(project)
        made.entry.files[0].sha256 = String(repeating: "0", count: 64)
        made.entry.tool.version = "0.0.9"
        let found = try #require(again(project, made).reproduction)
        #expect(found.verdict == .numbers && found.isSame)
        #expect(found.text().contains("report 0.0.9 built it, this is \(ToolVersion.current)"))
        try #require(!made.record.numbers.isEmpty)
        made.record.numbers[0].value *= 1 + 1e-10
        #expect(try #require(again(project, made).reproduction).verdict == .numbers)
        made.record.numbers[0].value *= 1 + 1e-8
        let other = try #require(again(project, made).reproduction)
        #expect(other.verdict == .differs)
        #expect(other.text().contains(made.record.numbers[0].path))
    }

    @Test func reportsOfASweepAndItsIndex() throws {
        let sweep = Self.analysis.replacing("segment: a}", with: "segment: a}\nsweep: {segment: [a, b]}")
        let project = project(sweep)
        let outcomes = project.run(["Analyses/a.md"], cached: false).outcomes
        #expect(outcomes.map(\.analysis.outputName) == ["a/segment=a", "a/segment=b", "a"])
        for outcome in outcomes {
            let made = try #require(outcome.facts?.parts)
            let found = try #require(again(project, made).reproduction)
            #expect(found.verdict == .bytes, "\(outcome.analysis.outputName)")
            #expect(found.files.map(\.path) == made.entry.files.map(\.path))
        }
    }

    /// Reports of `--sweep`, which the analysis knows nothing of.
    @Test func reportsOfASweepOfTheCommandLine() throws {
        let project = project()
        let outcomes = project.run(["Analyses/a.md"], cached: false) { $0.sweeps = [("segment", ["x", "y"])] }.outcomes
        let made = try #require(outcomes.first?.facts?.parts)
        #expect(made.entry.report == "a/segment=x")
        #expect(try #require(again(project, made).reproduction).verdict == .bytes)
    }

    @Test(arguments: ["../../etc/passwd", "/etc/passwd", "Analyses/../../x"])
    func pathsOfATrailLeadNowhereElse(path: String) throws {
        let project = project()
        project.files.add("/etc/passwd", Array("secret".utf8))
        var made = try entry(project)
        made.entry.data.append(LedgerEntry.File(path: path, Array("secret".utf8)))
        let diagnostics = again(project, made).diagnostics
        #expect(diagnostics.map(\.code) == [.lostSource])
        #expect(diagnostics.first?.notes.last?.message == "the path leads outside the project")
        made.entry.analysis = path
        #expect(again(project, made).diagnostics.map(\.code) == [.strangeEntry])
    }

    @Test func aLinkOutOfTheProjectIsNotFollowed() throws {
        let project = project()
        let made = try entry(project)
        project.files.add("/outside/arms.csv", Array(TestProject.armMoments.utf8))
        try project.files.remove(TestProject.root + "/Analyses/data/arms-1.csv")
        project.files.link(TestProject.root + "/Analyses/data/arms-1.csv", to: "/outside/arms.csv")
        #expect(again(project, made).diagnostics.map(\.code) == [.lostSource])
    }

    @Test func templatesNeedTrust() throws {
        let project = project()
        project.add("Templates/theme.css", "body { color: red }\n")
        let plain = try entry(project)
        // Not trusted then: they were not used, and are not now.
        #expect(try #require(again(project, plain) { $0.trustsTemplates = true }.reproduction).verdict == .bytes)
        let made = try entry(project) { $0.trustsTemplates = true }
        #expect(made.entry.includes.map(\.path).contains("Templates/theme.css"))
        #expect(again(project, made).diagnostics.map(\.code) == [.untrustedReproduction])
        #expect(try #require(again(project, made) { $0.trustsTemplates = true }.reproduction).verdict == .bytes)
        _ = try Trust(project.workspace, configurationHome: "/home/ann/.config").trust(Project(root: TestProject.root))
        #expect(try #require(again(project, made).reproduction).verdict == .bytes)
        // What is trusted now is not what was used then.
        project.add("Templates/theme.css", "body { color: blue }\n")
        #expect(again(project, made).diagnostics.map(\.code) == [.lostSource])
    }
}
