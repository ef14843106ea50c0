import Diagnostics
import Digests
import TestSupport
import Workspace

@testable import Pipeline

/// A project in memory with a few analyses, and sites of it.
struct SiteProject {
    let project: TestProject

    static let plain = "---\ntitle: Plain\ndate: 2026-11-20\ntags: [one]\n---\n\nWords, and [data](data/rows.csv).\n"
    static let mean = """
        ---
        title: A mean
        abstract: "It is `{pooled.mu.estimate | .3f}`."
        highlights: [{value: "`{pooled.mu.estimate | .2f}`", text: mean, link: "#effects"}]
        tags: [one, two]
        aliases: [old/mean]
        ---

        See [the other](../plain.md).

        ## Effects

        It is [above zero](#pooled.mu "> 0").

        ```data
        id: rows
        source: ../data/rows.csv
        ```

        ```meta-analysis
        id: pooled
        data: rows
        effect: effect
        se: se
        caption: "**It is small.** A mean."
        ```

        ```figure
        id: forest
        of: pooled
        kind: forest
        caption: "**All are alike.** Three effects."
        ```

        """

    init(_ more: [String: String] = [:]) {
        project = TestProject(
            [
                "Analyses/plain.md": Self.plain, "Analyses/sub/mean.md": Self.mean,
                "Analyses/data/rows.csv": "effect,se\n0.01,0.02\n0.02,0.02\n0.03,0.02\n",
            ].merging(more) { $1 })
    }

    static let home = "/home/ann/.config"

    @discardableResult
    func build(
        _ paths: [String] = [], cached: Bool = true, ledger: Bool = false,
        _ change: (inout SiteOptions) -> Void = { _ in }
    ) -> (reports: SiteBuild.Reports, outcome: SiteBuild.Outcome) {
        var options = SiteOptions()
        change(&options)
        let trust = Trust(project.workspace, configurationHome: Self.home)
        let cache = cached ? ProjectCache(project.workspace, configurationHome: Self.home) : nil
        let site = SiteBuild(options, in: project.workspace, trust: trust, cache: cache)
        let reports = site.reports(paths)
        if ledger, reports.isWhole {
            var said: [Diagnostic] = []
            _ = AuditRecorder(.init(), in: project.workspace, trust: trust, cache: cache)
                .record(reports.outcomes, diagnostics: &said)
        }
        return (reports, site.write(reports))
    }

    func page(_ path: String) -> String? { project.text("output/site/" + path) }

    /// The files of the site with their digests.
    var site: [String: String] { folder("output/site") }

    func folder(_ path: String) -> [String: String] {
        let prefix = "\(TestProject.root)/\(path)/"
        var files: [String: String] = [:]
        for path in project.files.paths where path.hasPrefix(prefix) {
            files[String(path.dropFirst(prefix.count))] = project.files.bytes(at: path).map { sha256($0) }
        }
        return files
    }
}
