import Diagnostics
import Execution
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// For each thing that a result depends on: a change of it alone runs its dependants again, and nothing else.
@Suite struct CacheTests {
    static let rows = "effect,se,segment\n1,0.5,a\n2,0.5,a\n3,0.5,b\n4,0.7,b\n"

    static let analysis = """
        ---
        title: A test
        params: {segment: a, level: 0.9}
        ---

        The mean is `{pooled.mu.estimate | .2f}`.

        <!-- include: part.md -->

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
        level: "{params.level}"
        caption: "A *caption*, `{pooled.mu.estimate}`."
        ```

        ```meta-analysis
        id: other
        data: all
        effect: effect
        se: se
        level: "{pooled.level}"
        ```

        """

    static let included = """
        ```data
        id: more
        source: more.csv
        show: table
        ```

        """

    static func project() -> TestProject {
        TestProject([
            "Analyses/a.md": analysis, "Analyses/part.md": included, "Analyses/rows.csv": rows,
            "Analyses/more.csv": rows,
        ])
    }

    /// A project built once, a change, and what a second build then runs.
    private func rerun(
        _ options: @escaping (inout BuildOptions) -> Void = { _ in }, _ change: (TestProject) -> Void
    ) throws -> [String] {
        let project = Self.project()
        let first = try #require(project.build(cached: true))
        #expect(first.succeeded, "\(first.diagnostics.summary)")
        #expect(first.explanations.count == 5 && first.explanations.allSatisfy { !$0.isReused })
        change(project)
        let second = try #require(project.build("Analyses/a.md", cached: true, options))
        #expect(second.succeeded, "\(second.diagnostics.summary)")
        // Warm or cold, the bytes are the same.
        let warm = ["html", "md", "json"].map { project.text("output/a.\($0)") }
        let cold = try #require(project.build("Analyses/a.md", cached: false, options))
        #expect(cold.succeeded)
        #expect(["html", "md", "json"].map { project.text("output/a.\($0)") } == warm)
        return second.explanations.filter { !$0.isReused }.map(\.id).sorted()
    }

    private func edit(_ project: TestProject, _ old: String, _ new: String, in path: String = "Analyses/a.md") {
        let text = project.text(path) ?? ""
        #expect(text.contains(old))
        project.add(path, text.replacing(old, with: new))
    }

    @Test func nothingChanged() throws { #expect(try rerun { _ in } == []) }

    @Test func prose() throws {
        #expect(try rerun { edit($0, "The mean is", "One more line.\n\nThe mean, on a line further down, is") } == [])
    }

    @Test func captionsAndEcho() throws {
        #expect(try rerun { edit($0, "A *caption*", "Another") } == [])
        #expect(try rerun { edit($0, "id: other", "echo: false\nid: other") } == [])
    }

    @Test func anOption() throws {
        #expect(try rerun { edit($0, "id: other\n", "id: other\nmethod: ml\n") } == ["other"])
    }

    /// Options in another order mean the same.
    @Test func orderOfOptions() throws {
        #expect(
            try rerun {
                edit($0, "effect: effect\nse: se\nlevel: \"{pooled", "se: se\neffect: effect\nlevel: \"{pooled")
            } == [])
    }

    @Test func data() throws {
        #expect(
            try rerun { edit($0, "4,0.7", "5,0.7", in: "Analyses/rows.csv") } == ["all", "other", "pooled", "rows"])
        #expect(try rerun { edit($0, "4,0.7", "5,0.7", in: "Analyses/more.csv") } == ["more"])
    }

    @Test func anIncludedFile() throws {
        #expect(
            try rerun { edit($0, "show: table", "columns: [effect]\nshow: table", in: "Analyses/part.md") } == ["more"])
    }

    @Test func aParameter() throws {
        #expect(try rerun({ $0.params = [("segment", "b")] }, { _ in }) == ["pooled", "rows"])
        // The result that another directive reads is part of that one's key.
        #expect(try rerun({ $0.params = [("level", "0.8")] }, { _ in }) == ["other", "pooled"])
    }

    /// What reads a value runs again only where that value changed.
    @Test func earlyCutOff() throws {
        #expect(try rerun { edit($0, "id: pooled\n", "id: pooled\nmethod: ml\n") } == ["pooled"])
    }

    @Test func theSeed() throws {
        #expect(try rerun({ $0.seed = 7 }, { _ in }) == ["other", "pooled"])
    }

    @Test func theProgram() throws {
        let all = ["all", "more", "other", "pooled", "rows"]
        #expect(
            try rerun({ $0.executable = TestProject.root + "/report" }, { $0.add("report", "another program") }) == all)
    }

    @Test func explanationsNameTheChange() throws {
        let project = Self.project()
        _ = project.build(cached: true)
        edit(project, "4,0.7", "5,0.7", in: "Analyses/more.csv")
        edit(project, "id: other\n", "id: other\nmethod: ml\n")
        let outcome = try #require(project.build(cached: true) { $0.params = [("level", "0.8")] })
        let texts = Dictionary(uniqueKeysWithValues: outcome.explanations.map { ($0.id, $0.text) })
        let more = try #require(texts["more"])
        #expect(more.hasPrefix("data more: ran, because Analyses/more.csv changed: sha256 "), "\(more)")
        #expect(more.contains(" → "))
        #expect(texts["rows"] == "data rows: unchanged")
        #expect(texts["pooled"] == "meta-analysis pooled: ran, because value params.level changed: 0.9 → 0.8")
        #expect(
            texts["other"]
                == "meta-analysis other: ran, because option method is new; value pooled.level changed: 0.9 → 0.8")
    }

    /// Every way to spoil an entry is noticed, and what it held computed again.
    @Test(arguments: ["truncated", "a flipped bit", "empty", "another entry's bytes", "another user's"])
    func spoiltEntriesAreNotBelieved(how: String) throws {
        let project = Self.project()
        let first = try #require(project.build(cached: true))
        let report = project.text("output/a.json")
        let folder = TestProject.root + "/.report/cache/"
        let paths = project.files.paths.filter { $0.hasPrefix(folder) }
        #expect(paths.count >= 10)
        let originals = paths.map { project.files.bytes(at: $0) ?? [] }
        for (index, path) in paths.enumerated() {
            var bytes = originals[index]
            switch how {
            case "truncated": bytes.removeLast(bytes.count / 2)
            case "a flipped bit": bytes[bytes.count - 3] ^= 4
            case "empty": bytes = []
            case "another entry's bytes": bytes = originals[(index + 1) % paths.count]
            default: break
            }
            project.files.add(path, bytes)
        }
        if how == "another user's" {
            project.files.add("/home/ann/.config/report/cache-key", Array(repeating: 7, count: 32))
        }
        let second = try #require(project.build(cached: true))
        #expect(second.succeeded)
        #expect(second.explanations.map(\.isReused) == first.explanations.map(\.isReused))
        #expect(project.text("output/a.json") == report)
        #expect(try #require(project.build(cached: true)).explanations.allSatisfy { $0.isReused })
    }

    /// Warnings of a cached result are said again, at the place where it now stands.
    @Test func warningsStay() throws {
        let project = TestProject([
            "Analyses/a.md": """
            ---
            title: A test
            ---

            ```data
            id: moments
            source: arms.csv
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
            show: table
            ```

            """,
            "Analyses/arms.csv": """
            test,arm,metric,n,mean,variance
            a,C,clicks,100,5,4
            a,T,clicks,100,5.2,4
            b,C,clicks,120,5,
            b,T,clicks,110,5.5,4
            c,C,clicks,90,5,4
            c,T,clicks,95,4.9,4

            """,
        ])
        let first = try #require(project.build(cached: true))
        #expect(first.diagnostics.summary == "warning unreported 12:7")
        project.add(
            "Analyses/a.md",
            (project.text("Analyses/a.md") ?? "").replacing(
                "title: A test\n---\n", with: "title: A test\n---\n\nProse.\n"))
        let second = try #require(project.build(cached: true))
        #expect(second.explanations.allSatisfy { $0.isReused })
        #expect(second.diagnostics.summary == "warning unreported 14:7")
    }

    @Test func failuresAreNotKept() throws {
        let project = Self.project()
        edit(project, "effect: effect\nse: se\nlevel: \"{pooled", "effect: efect\nse: se\nlevel: \"{pooled")
        for _ in 0..<2 {
            let outcome = try #require(project.build(cached: true))
            #expect(outcome.diagnostics.map(\.code.name) == ["missing-column"])
            #expect(outcome.explanations.first { $0.id == "other" }?.isReused == false)
        }
    }

    @Test func withoutAHomeNothingIsKept() throws {
        let project = Self.project()
        let build = Build(
            BuildOptions(), in: project.workspace, trust: Trust(project.workspace, configurationHome: nil),
            cache: ProjectCache(project.workspace, configurationHome: nil))
        #expect(build.run(["Analyses/a.md"]).outcomes.first?.succeeded == true)
        #expect(!project.files.paths.contains { $0.contains(".report") })
    }

    @Test func aLinkedCacheFolderIsLeftAlone() throws {
        let project = Self.project()
        project.add("elsewhere/x", "")
        project.files.link(TestProject.root + "/.report", to: TestProject.root + "/elsewhere")
        #expect(try #require(project.build(cached: true)).succeeded)
        #expect(project.files.paths.filter { $0.contains("elsewhere") }.count == 1)
    }

    @Test func pruningLeavesNoMoreThanAsked() throws {
        let project = Self.project()
        _ = project.build(cached: true)
        let folder = TestProject.root + "/.report/cache"
        let all = BuildCache.prune(folder, to: .max, project.files)
        #expect(all.removed == 0 && all.before > 1000)
        let half = BuildCache.prune(folder, to: all.before / 2, project.files)
        #expect(half.removed > 0 && half.after <= all.before / 2)
        #expect(BuildCache.prune(folder, to: 0, project.files).after == 0)
        #expect(try #require(project.build(cached: true)).explanations.allSatisfy { !$0.isReused })
    }
}
