import Diagnostics
import Ledger
import TestSupport
import Workspace

@testable import Pipeline

/// A project in memory that is built with an audit trail, by a clock of the test's own: each build is a day after the last.
final class AuditProject {
    let project: TestProject
    var day = 0
    /// Seconds of 2026-03-01T12:00:00Z.
    static let noon: Int64 = 1_772_366_400

    init(_ analysis: String = AuditProject.analysis, _ more: [String: String] = [:]) {
        project = TestProject(["Analyses/a.md": analysis].merging(more) { $1 })
        data(rows: 3)
    }

    /// The mean of a metric's effects, quoted and claimed.
    static let analysis = """
        ---
        title: A mean
        ---
        The mean is `{pooled.mu.estimate | .3f}`, [above zero](#pooled.mu "> 0").

        ```data
        id: rows
        source: data.csv
        ```

        ```meta-analysis
        id: pooled
        data: rows
        effect: effect
        se: se
        ```

        """

    /// Gives the analysis its first rows, of which each has an effect of its number of hundredths.
    func data(rows: Int, add: Double = 0) {
        let lines = (1...rows).map { "\(Double($0) / 100 + add),0.02\n" }
        project.add("Analyses/data.csv", "effect,se\n" + lines.joined())
    }

    var workspace: WorkspaceContext {
        var workspace = project.workspace
        let time = AuditProject.noon + Int64(day) * 86_400
        workspace.now = { time }
        workspace.environment["REPORT_AUTHOR"] = "Ann <ann@example.com>"
        return workspace
    }

    var trust: Trust { Trust(workspace, configurationHome: "/home/ann/.config") }

    @discardableResult
    func build(
        _ paths: [String] = ["Analyses"], note: String? = nil, signer: SigningKey? = nil, output: String? = nil,
        _ change: (inout BuildOptions) -> Void = { _ in }
    ) -> (outcomes: [Build.Outcome], recordings: [AuditRecorder.Recording], diagnostics: [Diagnostic]) {
        day += 1
        var options = BuildOptions()
        options.isSigned = signer != nil
        options.output = output
        change(&options)
        let cache = ProjectCache(workspace, configurationHome: "/home/ann/.config")
        var (diagnostics, outcomes) = Build(options, in: workspace, trust: trust, cache: cache).run(paths)
        var audit = AuditRecorder.Options()
        audit.note = note
        audit.signer = signer
        audit.output = output
        let recordings = AuditRecorder(audit, in: workspace, trust: trust, cache: cache)
            .record(outcomes, diagnostics: &diagnostics)
        return (outcomes, recordings, diagnostics)
    }

    func trail(output: String? = nil) throws -> AuditTrail {
        try AuditTrail(of: ".", output: output, in: workspace, trust: trust)
    }

    /// The files below a folder of the project.
    func files(below folder: String) -> [String: [UInt8]] {
        let prefix = TestProject.root + "/" + folder + "/"
        var found: [String: [UInt8]] = [:]
        for path in project.files.paths where path.hasPrefix(prefix) {
            found[String(path.dropFirst(prefix.count))] = project.files.bytes(at: path)
        }
        return found
    }
}
