import Diagnostics
import Documents
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// What later builds do with a sweep: reports of values that it no longer has go, and numbers that its reports share are
/// rewritten.
@Suite struct SweepUpkeepTests: SweepSuite {
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

    /// `--param` over a parameter that the analysis sweeps asks for one report, and says nothing of the others.
    @Test func aParameterForOneBuildTakesNothingAway() {
        let project = project("sweep: {segment: [a, b_c], level: [0.5, 0.9]}")
        #expect(run(project, cached: true).map(\.succeeded) == [true, true, true, true, true])
        let before = members(project).filter { $0.hasSuffix(".html") }
        #expect(before.count == 4)
        for params in [[("segment", "a")], [("segment", "a"), ("level", "0.5")]] {
            let outcomes = run(project, cached: true) { $0.params = params }
            #expect(outcomes.allSatisfy { $0.succeeded } && outcomes.flatMap(\.removed).isEmpty)
            #expect(before.allSatisfy { members(project).contains($0) })
        }
        // The next build of all has its reports, and what the narrower ones wrote beside them goes.
        let outcomes = run(project, cached: true) { $0.ignoresCache = true }
        #expect(members(project).filter { $0.hasSuffix(".html") } == before)
        #expect(outcomes.flatMap(\.removed).contains(TestProject.root + "/output/a/level=0_5.html"))
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

    /// An analysis without a sweep, built without a cache, leaves nothing in the project or in the home.
    @Test func withoutSweepsNothingIsKept() {
        let project = project()
        #expect(run(project, cached: true) { $0.ignoresCache = true }.map(\.succeeded) == [true])
        #expect(!project.files.paths.contains { $0.contains("/.report/") || $0.contains("/.config/") })
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
}
