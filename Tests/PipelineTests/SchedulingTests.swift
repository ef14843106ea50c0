import Diagnostics
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// Analyses that are built at the same time come to what they come to one after another.
@Suite struct SchedulingTests {
    private static let texts: [String: String] = {
        var texts = ["Analyses/rows.csv": "effect,se,segment\n1,0.5,a\n2,0.5,a\n3,0.5,b\n4,0.7,b\n"]
        for number in 1...12 {
            texts["Analyses/n\(number).md"] = """
                ---
                title: Number \(number)
                params: {segment: a}
                ---

                The mean is `{pooled.\(number == 7 ? "nothing" : "mu.estimate")}`.

                ```data
                id: rows
                source: rows.csv
                where: segment = {params.segment}
                ```

                ```meta-analysis
                id: pooled
                data: rows
                effect: effect
                se: se
                ```

                """
        }
        let swept = "---\ntitle: A sweep\nparams: {b: 1, c: 1}\n"
        // The second and the third would write one report.
        texts["Analyses/a.md"] = swept + "sweep: {b: [1, 2], c: [1, 2]}\n---\n\n`{params.b}`\n"
        texts["Analyses/a/b=1.md"] = swept + "sweep: {c: [2, 3]}\n---\n\n`{params.c}`\n"
        return texts
    }()

    private func build(jobs: Int) -> (outcomes: [String], files: [String: String], began: Int, ended: Int) {
        let project = TestProject(Self.texts)
        var options = BuildOptions()
        options.jobs = jobs
        let home = "/home/ann/.config"
        let build = Build(
            options, in: project.workspace, trust: Trust(project.workspace, configurationHome: home),
            cache: ProjectCache(project.workspace, configurationHome: home))
        var began = 0
        var ended = 0
        let (general, outcomes) = build.run(["Analyses"]) { event in
            switch event {
            case .began: began += 1
            case .ended: ended += 1
            case .directive: break
            }
        }
        #expect(general.isEmpty)
        let told = outcomes.map { outcome in
            "\(outcome.analysis.label) \(outcome.succeeded) \(outcome.files) \(outcome.diagnostics.summary)"
        }
        // What is kept under the user's key differs as the keys do.
        let paths = project.files.paths.filter { path in
            !["/.report/cache/", "/.report/sweeps/", "/.config/"].contains { path.contains($0) }
        }
        let files = Dictionary(
            uniqueKeysWithValues: paths.map { ($0, String(decoding: project.files.bytes(at: $0) ?? [], as: UTF8.self)) }
        )
        return (told, files, began, ended)
    }

    @Test func nothingDependsOnTheWidth() {
        let one = build(jobs: 1)
        // Twelve analyses, four reports of a sweep and their index, and one analysis whose sweep has no place.
        #expect(one.outcomes.count == 18 && one.began == 18 && one.ended == 18)
        #expect(one.outcomes.filter { $0.contains(" false ") }.count == 2)
        for width in [2, 8] {
            let many = build(jobs: width)
            #expect(many.outcomes == one.outcomes && many.files == one.files)
            #expect(many.began == one.began && many.ended == one.ended)
        }
    }
}
