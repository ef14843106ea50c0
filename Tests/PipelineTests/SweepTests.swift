import Diagnostics
import Documents
import Execution
import TestSupport
import Testing
import Values
import Workspace

@testable import Pipeline

/// One analysis, a report for each value of its parameters, and their index.
@Suite struct SweepTests {
    /// The means of the fixed-effect model under equal standard errors are those of the rows: 1.5, 3.5 and 2.5.
    private static let rows = "effect,se,segment\n1,0.5,a\n2,0.5,a\n3,0.5,b_c\n4,0.5,b_c\n"

    private static func analysis(_ sweep: String, more: String = "") -> String {
        """
        ---
        title: Lift
        params: {segment: a, level: {default: 0.9, min: 0, max: 1}}
        highlights: [{value: "{pooled.mu.estimate | .1f}", text: Pooled}]
        \(sweep)
        ---

        ```data
        id: rows
        source: rows.csv
        where: segment = {params.segment}
        ```

        ```data
        id: all
        source: rows.csv
        ```

        ```meta-analysis
        id: pooled
        data: rows
        effect: effect
        se: se
        method: fixed
        level: "{params.level}"
        ```

        ```meta-analysis
        id: whole
        data: all
        effect: effect
        se: se
        method: fixed
        ```

        `{whole.mu.estimate}` \(more)

        """
    }

    private func project(_ sweep: String = "", more: String = "") -> TestProject {
        TestProject(["Analyses/a.md": Self.analysis(sweep, more: more), "Analyses/rows.csv": Self.rows])
    }

    private func run(
        _ project: TestProject, _ paths: [String] = ["Analyses/a.md"], cached: Bool = false,
        _ change: (inout BuildOptions) -> Void = { _ in }
    ) -> [Build.Outcome] {
        var options = BuildOptions()
        change(&options)
        let home = "/home/ann/.config"
        let cache = cached ? ProjectCache(project.workspace, configurationHome: home) : nil
        return Build(
            options, in: project.workspace, trust: Trust(project.workspace, configurationHome: home), cache: cache
        )
        .run(paths).outcomes
    }

    @Test func aReportForEachValueAndAnIndexOfHighlights() throws {
        let project = project()
        let outcomes = run(project) { $0.sweeps = [("segment", ["a", "b_c"])] }
        #expect(outcomes.allSatisfy { $0.succeeded }, "\(outcomes.flatMap(\.diagnostics).summary)")
        #expect(
            outcomes.map(\.analysis.label) == [
                "Analyses/a.md with segment=a", "Analyses/a.md with segment=b_c", "Analyses/a.md",
            ])
        for (segment, mean) in [("a", 1.5), ("b_c", 3.5)] {
            let report = JSON(project.text("output/a/segment=\(segment).json"))
            #expect(report["params"]["segment"].string == segment)
            #expect(abs((report["results"]["pooled"]["values"]["mu"]["estimate"].number ?? 0) - mean) < 1e-12)
        }
        let index = JSON(project.text("output/a.json"))
        #expect(index["analysis"].string == "Analyses/a.md" && index["params"].keys == ["level"])
        let members = index["results"]["sweep"]["values"]["members"]
        #expect(members.count == 2 && members[1]["report"].string == "a/segment=b_c")
        #expect(index["numbers"].count == 2)
        #expect(index["numbers"][1]["text"].string == "3.5")
        #expect(index["numbers"][1]["path"].string == "sweep.members[1].values[\"pooled.mu.estimate\"]")
        let markdown = try #require(project.text("output/a.md"))
        #expect(markdown.contains("| segment | Pooled |\n| :-- | --: |\n| [a](a/segment=a.md) | 1.5 |"))
        #expect(project.text("output/a.html")?.contains("href=\"a/segment=b_c.html\"") == true)
    }

    @Test func theFrontMatterSweepsAProductAndCompares() throws {
        let project = project(
            "sweep: {segment: [a, b_c], level: [0.5, 0.95], compare: [{value: \"{pooled.mu | interval .2f}\", text: Mean}]}"
        )
        let outcomes = run(project)
        #expect(outcomes.allSatisfy { $0.succeeded }, "\(outcomes.flatMap(\.diagnostics).summary)")
        #expect(
            outcomes.map(\.analysis.outputName) == [
                "a/segment=a/level=0_5", "a/segment=a/level=0_95", "a/segment=b_c/level=0_5",
                "a/segment=b_c/level=0_95", "a",
            ])
        // 1.5 and the normal quantile 1.959964 times 0.5/√2.
        let markdown = try #require(project.text("output/a.md"))
        let link = "a/segment=a/level=0_95.md"
        #expect(markdown.contains("| [a](\(link)) | [0.95](\(link)) | 1.50 \\[0.81, 2.19\\] |"), "\(markdown)")
        // A parameter that is set is not swept.
        let set = run(project) { $0.params = [("segment", "a"), ("level", "0.9")] }
        #expect(set.map(\.analysis.outputName) == ["a"])
        #expect(JSON(project.text("output/a.json"))["results"].keys.contains("pooled"))
    }

    @Test func stepsThatReportsShareRunOnce() {
        let outcomes = run(project(), cached: true) { $0.sweeps = [("segment", ["a", "b_c"])] }
        let ran = outcomes.map { $0.explanations.filter { !$0.isReused }.map(\.id).sorted() }
        #expect(ran == [["all", "pooled", "rows", "whole"], ["pooled", "rows"], []])
    }

    @Test func aReportThatFailsStopsNoOther() throws {
        let project = project(more: "[1.5](#pooled.mu.estimate)")
        let outcomes = run(project) { $0.sweeps = [("segment", ["a", "b_c"])] }
        #expect(outcomes.map(\.succeeded) == [true, false, true])
        #expect(project.text("output/a/segment=b_c.html") == nil)
        #expect(project.text(".report/failed/a/segment=b_c.html") != nil)
        let markdown = try #require(project.text("output/a.md"))
        #expect(markdown.contains("| [a](a/segment=a.md) | built | 1.5 |"), "\(markdown)")
        #expect(markdown.contains("| b\\_c | not built |  |"), "\(markdown)")
        #expect(markdown.contains("The report with segment=b\\_c was not built: "), "\(markdown)")
        let member = JSON(project.text("output/a.json"))["results"]["sweep"]["values"]["members"][1]
        #expect(member["built"].number == 0 && member["values"]["pooled.mu.estimate"].isNull)
    }

    @Test func aComparisonOfNothingFailsTheIndex() {
        let outcomes = run(project("sweep: {segment: [a], compare: [pooled.nu]}"))
        #expect(outcomes.map(\.succeeded) == [true, false])
        #expect(outcomes[1].diagnostics.summary == "error path-to-nothing 5:33")
    }

    @Test(arguments: [
        ([("segmnt", ["a"])], "unknown-parameter"), ([("level", ["0.5", "2"])], "out-of-range"),
        ([("segment", ["a", "a"])], "sweep-conflict"), ([("segment", ["a", "A"])], "output-conflict"),
        ([("segment", ["a"]), ("segment", ["b_c"])], "sweep-conflict"),
        ([("segment", (0...1000).map { "s\($0)" })], "sweep-conflict"), ([("level", [""])], "wrong-type"),
    ])
    func faults(sweeps: [(String, [String])], code: String) {
        let project = project()
        let outcomes = run(project) { $0.sweeps = sweeps.map { (name: $0.0, values: $0.1) } }
        #expect(outcomes.map(\.succeeded) == [false])
        #expect(outcomes.flatMap(\.diagnostics).map(\.code.name) == [code])
        #expect(project.text("output/a.html") == nil)
    }

    @Test func aParameterIsNotSetAndSwept() {
        let outcomes = run(project()) {
            $0.sweeps = [("segment", ["a"])]
            $0.params = [("segment", "b_c")]
        }
        #expect(outcomes.flatMap(\.diagnostics).map(\.code.name) == ["sweep-conflict"])
    }

    @Test func outputsOfOthersAreLeftAlone() {
        let project = project()
        project.add("Analyses/a/segment=a.md", "---\ntitle: Other\n---\n")
        let outcomes = run(project, ["Analyses/a.md"]) { $0.sweeps = [("segment", ["a"])] }
        #expect(outcomes.map(\.succeeded) == [false])
        #expect(outcomes[0].diagnostics.map(\.code.name) == ["output-conflict"])
        let site = TestProject(["Analyses/site.md": "---\ntitle: T\nparams: {x: 1}\nsweep: {x: [1]}\n---\n"])
        #expect(run(site, ["Analyses"])[0].diagnostics.map(\.code.name) == ["output-conflict"])
        let checks = Check(in: site.workspace).run(["Analyses"]).checks
        #expect(checks.flatMap(\.diagnostics).map(\.code.name) == ["output-conflict"])
    }

    // MARK: Reports of values that a sweep no longer has

    private func members(_ project: TestProject) -> [String] {
        project.files.paths.filter { $0.hasPrefix(TestProject.root + "/output/a/") }
            .map { String($0.dropFirst(TestProject.root.utf8.count + "/output/a/".utf8.count)) }
    }

    private func swept(_ values: String..., format: String = "html") -> (inout BuildOptions) -> Void {
        {
            $0.sweeps = values.isEmpty ? [] : [("segment", values)]
            $0.formats = format == "md" ? [.md] : [.html]
        }
    }

    @Test func reportsOfFormerValuesGo() {
        let project = project()
        _ = run(project, cached: true, swept("a", "b_c"))
        #expect(members(project) == ["segment=a.html", "segment=b_c.html"])
        let outcomes = run(project, cached: true, swept("a"))
        #expect(members(project) == ["segment=a.html"])
        #expect(outcomes.flatMap(\.removed) == [TestProject.root + "/output/a/segment=b_c.html"])
        // An analysis that is one report has none.
        let single = run(project, cached: true, swept())
        #expect(members(project) == [] && single.flatMap(\.removed).count == 1)
        #expect(project.text("output/a.html") != nil)
        #expect(run(project, cached: true, swept()).flatMap(\.removed).isEmpty)
    }

    /// Whatever formats they have, figures among them, and over several parameters.
    @Test func allFilesOfAReportGo() {
        let project = project(more: "\n\n```figure\nof: pooled\nkind: forest\n```")
        _ = run(project, cached: true) { $0.sweeps = [("segment", ["a"]), ("level", ["0.5", "0.9"])] }
        #expect(members(project).contains { $0.hasPrefix("segment=a/level=0_5_files/") })
        _ = run(project, cached: true) { $0.sweeps = [("segment", ["a"]), ("level", ["0.9"])] }
        #expect(
            !members(project).contains { $0.contains("0_5") } && members(project).contains("segment=a/level=0_9.md"))
        _ = run(project, cached: true, swept("a"))
        #expect(members(project).allSatisfy { $0.hasPrefix("segment=a.") || $0.hasPrefix("segment=a_files/") })
        // Formats that this build does not write stay while their report does.
        _ = run(project, cached: true, swept("a", format: "md"))
        #expect(members(project).contains("segment=a.html") && members(project).contains("segment=a.md"))
    }

    /// Nothing goes that no sweep wrote, or that someone changed since.
    @Test func otherFilesStay() {
        let project = project()
        _ = run(project, cached: true, swept("a", "b_c", "b"))
        project.add("output/a/notes.html", "mine")
        project.add("output/a/segment=b_c.html", "mine, too")
        project.add("output/a/segment=z.html", "never built")
        _ = run(project, cached: true, swept("a"))
        #expect(members(project) == ["notes.html", "segment=a.html", "segment=b_c.html", "segment=z.html"])
    }

    /// A list that came with the project, or that was tampered with, removes nothing.
    @Test func foreignListsAreNotBelieved() throws {
        let project = project()
        _ = run(project, cached: true, swept("a", "b_c"))
        let lists = project.files.paths.filter { $0.contains("/.report/sweeps/") }
        #expect(lists.count == 1)
        project.files.add("/home/ann/.config/report/cache-key", Array(repeating: 7, count: 32))
        _ = run(project, cached: true, swept("a"))
        #expect(members(project) == ["segment=a.html", "segment=b_c.html"])
    }

    /// A failing build leaves everything; a failing report leaves its former self.
    @Test func failuresRemoveNothing() {
        let project = project()
        _ = run(project, cached: true, swept("a", "b_c"))
        project.add("Analyses/a.md", Self.analysis("", more: "[1.5](#pooled.mu.estimate)"))
        #expect(run(project, cached: true, swept("a", "b_c")).map(\.succeeded) == [true, false, true])
        #expect(members(project) == ["segment=a.html", "segment=b_c.html"])
        project.add("Analyses/a.md", Self.analysis("", more: "`{pooled.nothing}`"))
        #expect(run(project, cached: true, swept()).map(\.succeeded) == [false])
        #expect(members(project) == ["segment=a.html", "segment=b_c.html"])
        #expect(run(project, cached: true) { $0.writesReports = false }.flatMap(\.removed).isEmpty)
    }

    @Test func withoutACacheThePlaceIsTidyToo() {
        let project = project()
        for sweep in [swept("a", "b_c"), swept("a")] {
            _ = run(project, cached: true) {
                sweep(&$0)
                $0.ignoresCache = true
            }
        }
        #expect(members(project) == ["segment=a.html"])
    }

    // MARK: Claims

    private func rewrites(_ project: TestProject, _ values: [String]) throws -> ClaimRewrites {
        let outcomes = run(project) { $0.sweeps = [("segment", values)] }
        return try #require(ClaimRewrites.plan(outcomes).first)
    }

    /// The mean of all rows is 2.5 in every report, that of the segment 1.5 or 3.5.
    @Test func aNumberThatIsTheSameInAllReportsIsRewritten() throws {
        let project = project(more: "[9.9](#whole.mu.estimate) [1.5](#pooled.mu.estimate) [8.8](#pooled.mu.estimate)")
        let plan = try rewrites(project, ["a", "b_c"])
        #expect(plan.fixes.map(\.replacement) == ["2.5"])
        #expect(plan.diagnostics.map(\.code.name) == ["claims-differ", "claims-differ"])
        #expect(
            plan.diagnostics.first?.notes.map(\.message) == [
                "it is 1.5 in Analyses/a.md with segment=a", "it is 3.5 in Analyses/a.md with segment=b_c",
            ])
        #expect(plan.diagnostics.allSatisfy { $0.severity == .warning })
        let edit = try #require(SourceEdits.plan(plan.fixes).first)
        #expect(edit.after == edit.before.replacing("[9.9]", with: "[2.5]"))
        // With one report there is one number.
        #expect(try rewrites(project, ["b_c"]).fixes.map(\.replacement) == ["2.5", "3.5", "3.5"])
    }

    @Test func aNumberOfAFileThatTwoAnalysesIncludeIsRewrittenOnce() throws {
        let project = project(more: "\n\n<!-- include: said.md -->")
        project.add("Analyses/b.md", Self.analysis("", more: "\n\n<!-- include: said.md -->"))
        project.add("Analyses/said.md", "It is [7.7](#whole.mu.estimate).\n")
        let plans = ClaimRewrites.plan(run(project, ["Analyses"]))
        #expect(plans.count == 1 && plans[0].fixes.map(\.replacement) == ["2.5"] && plans[0].diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("x", "new users", "p=new=20users"), ("x", "a/../b", "p=a=2F=2E=2E=2Fb"), ("x", "a=20b", "p=a=3D20b"),
        ("x", "ünï", "p==C3=BCn=C3=AF"), ("x", "", "p="), ("x", "0.5", "p=0=2E5"), ("1", "0.5", "p=0_5"),
        ("1", "-1e-9", "p=-1e-9"), ("true", "false", "p=false"),
    ])
    func fileNames(fallback: String, text: String, expected: String) throws {
        var diagnostics: [Diagnostic] = []
        let source = SourceFile(path: "a.md", text: "---\ntitle: T\nparams: {p: \(fallback)}\n---\n")
        let document = AnalysisDocument.parse(
            source, includes: { _, range, _ in .failure(.error(.sweepConflict, "", at: range)) },
            diagnostics: &diagnostics)
        let parameter = try #require(document?.frontMatter.parameters.first)
        let value = try parameter.value(of: text).get()
        #expect(SweepPlan.fileName(parameter, value) == expected)
        let long = SweepPlan.fileName(parameter, .string(String(repeating: "é/", count: 500)))
        #expect(long.utf8.count < 120)
        #expect(long != SweepPlan.fileName(parameter, .string(String(repeating: "é/", count: 501))))
    }
}
