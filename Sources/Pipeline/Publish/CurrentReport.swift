import Diagnostics
import Digests
import Documents
import Execution
import Reports
import Values
import Workspace

/// A report as a build would make it now: made without writing anything, or known to be what lies in the output folder.
struct CurrentReport {
    var outcome: Build.Outcome
    var isDraft: Bool
    /// The bytes that were made, by path below the output folder; empty where the report is known to be current or has errors.
    var files: [String: [UInt8]] = [:]

    var name: String { outcome.analysis.outputName }
    var label: String { outcome.analysis.label }

    var failingClaims: [Diagnostic] { outcome.diagnostics.filter { $0.code == .claimFails && $0.severity == .error } }
    var errors: [Diagnostic] { outcome.diagnostics.filter { $0.code != .claimFails && $0.severity == .error } }
}

extension Publication {
    /// The reports of analyses, as typed, as they would be built now.
    ///
    /// - Parameters:
    ///   - change: What the builds are asked for.
    ///   - areKnown: Whether a report that nothing changed of is taken from the output folder. Else all are made.
    func current(
        _ analyses: [String], areKnown: Bool, _ diagnostics: inout [Diagnostic],
        _ change: (inout BuildOptions) -> Void = { _ in }
    ) -> [CurrentReport] {
        var options = options.build
        change(&options)
        var reports: [CurrentReport] = []
        var rest = Analysis.find(analyses, in: workspace, diagnostics: &diagnostics)
        if areKnown { takeKnown(&rest, options, &reports) }
        if rest.isEmpty { return reports }
        // Below a folder that is not there, in memory, as are the partial forms of reports with errors.
        let top = Paths.joined(project.root, ".report")
        let written = SnapshotFileSystem(of: top, [:], over: workspace.files)
        var own = workspace
        own.files = written
        let output = Paths.joined(top, "pages")
        options.output = output
        // What is told of a report must be all of it, and is not kept.
        options.keepsResults = true
        let build = Build(options, in: own, trust: trust, cache: cache)
        let (general, outcomes) = build.run(rest.map(\.path))
        diagnostics += general
        for outcome in outcomes {
            var report = CurrentReport(outcome: outcome, isDraft: isDraft(outcome.analysis))
            // A report of which only claims fail has a partial form that is whole but for them.
            if report.errors.isEmpty {
                let folder = outcome.succeeded ? output : Paths.joined(top, "failed")
                for path in outcome.files {
                    report.files[Paths.relative(path, to: folder)] = written.bytes(at: path) ?? []
                }
            }
            reports.append(report)
        }
        return reports.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Takes analyses out of which nothing changed since their reports were built.
    private func takeKnown(_ rest: inout [Analysis], _ options: BuildOptions, _ reports: inout [CurrentReport]) {
        let build = Build(options, in: workspace, trust: trust, cache: cache)
        var unsaid: [Diagnostic] = []
        guard let parameters = Parameters(options, in: workspace, diagnostics: &unsaid) else { return }
        let memory = build.memory(of: project, parameters, diagnostics: &unsaid)
        rest.removeAll { analysis in
            guard analysis.project == project, let outcomes = memory.reports?.outcomes(of: analysis) else {
                return false
            }
            let isDraft = isDraft(analysis)
            reports += outcomes.map { CurrentReport(outcome: $0, isDraft: isDraft) }
            return true
        }
        memory.cache?.close(limit: ProjectCache.limit)
    }

    private func isDraft(_ analysis: Analysis) -> Bool {
        // Few texts have the word, and reading them all takes long.
        guard let bytes = try? workspace.files.contents(of: analysis.path, limit: 64 << 20),
            bytes.firstRange(of: Array("draft".utf8)) != nil
        else { return false }
        return ReadAnalysis.read(analysis.path, in: workspace)?.document.frontMatter.isDraft ?? false
    }
}
