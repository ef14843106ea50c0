package import Diagnostics
import Digests
import Execution
package import Ledger
import Values
package import Workspace

/// Takes what builds came to into the audit trails of their projects: `report build`, once all reports are written.
///
/// A report gets an entry where anything of it (`LedgerEntry.substance`) differs from its latest one, or where the builder
/// left a note. The entries of one build of a project are one batch: all of them are in the trail, or none.
package struct AuditRecorder {
    package struct Options: Sendable {
        /// The output folder as typed; nil for each project's own.
        package var output: String?
        /// Why it was built.
        package var note: String?
        /// Each project is trusted for this build.
        package var trusts = false
        /// The program's own file; nil where it is not known.
        package var executable: String?
        /// nil leaves checkpoints unsigned.
        package var signer: SigningKey?

        package init() {}
    }

    /// What came of one project's trail.
    package struct Recording: Sendable {
        package var location: TrailLocation
        /// The numbers of the new entries, in order.
        package var entries: Range<Int>
        /// The reports that they are of, as people call them.
        package var reports: [String]
    }

    let options: Options
    let workspace: WorkspaceContext
    let trust: Trust
    let cache: ProjectCache?

    /// - Parameter cache: nil to compare every report with the trail itself.
    package init(_ options: Options, in workspace: WorkspaceContext, trust: Trust, cache: ProjectCache?) {
        self.options = options
        self.workspace = workspace
        self.trust = trust
        self.cache = options.signer == nil ? cache : cache?.reading(.nothing)
    }

    /// Appends what is new of the reports of a build; those that failed are passed over.
    package func record(_ outcomes: [Build.Outcome], diagnostics: inout [Diagnostic]) -> [Recording] {
        var projects: [Project] = []
        for outcome in outcomes where outcome.facts != nil && !projects.contains(outcome.analysis.project) {
            projects.append(outcome.analysis.project)
        }
        return projects.compactMap { project in
            do throws(Diagnostic) {
                return try record(outcomes.filter { $0.analysis.project == project }, of: project, &diagnostics)
            } catch {
                diagnostics.append(error)
                return nil
            }
        }
    }

    private func record(
        _ outcomes: [Build.Outcome], of project: Project, _ diagnostics: inout [Diagnostic]
    ) throws(Diagnostic) -> Recording? {
        let location = try TrailLocation(
            of: project, output: options.output, trusts: { options.trusts || trust.isTrusted($0) }, in: workspace)
        let ledger = TransparencyLog(at: location.folder, files: workspace.files)
        let memory = RecordedReports(
            cache?.reading(options.signer == nil ? .entries : .nothing).open(project), location, ledger)
        let built = outcomes.filter { $0.facts != nil }
        let candidates = built.filter { options.note != nil || !memory.has($0) }
        let pages = HistoryPages(ledger, in: location, workspace)
        let lost = built.map(\.analysis.outputName).filter { !pages.isThere($0) }
        let proofs = ReportProofs(ledger, output: location.output, signer: options.signer, in: workspace)
        let unproven = built.map(\.analysis.outputName).filter(proofs.areMissing)
        let swept = AuditRecorder.swept(outcomes, from: location.output)
        if candidates.isEmpty, lost.isEmpty, unproven.isEmpty, swept.isEmpty { return nil }
        do throws(LedgerError) {
            let ended = try endings(of: swept, ledger)
            let batch = try self.batch(candidates, ended, of: project, ledger)
            // Of all that might be new: a build may have ended between its entries and their pages.
            let told = candidates.map(\.analysis.outputName) + lost + ended.map(\.report)
            let range = try pages.append(batch, telling: told, signer: options.signer, origin: location.origin)
            try proofs.write(range)
            let appended = Set(batch.map(\.entry.report))
            try proofs.complete((candidates.map(\.analysis.outputName) + unproven).filter { !appended.contains($0) })
            // Last: a build that was interrupted before is not known, and the next one makes good what it left undone.
            memory.keep(built)
            if batch.isEmpty, lost.isEmpty, unproven.isEmpty { return nil }
            return Recording(location: location, entries: range, reports: batch.map(\.entry.report))
        } catch {
            throw Diagnostic(error)
        }
    }

    /// The reports that sweeps have no more, whose files this build removed.
    private static func swept(_ outcomes: [Build.Outcome], from output: String) -> [String] {
        let reports = outcomes.flatMap(\.removed).map { SweepManifest.report(of: Paths.relative($0, to: output)) }
        return Set(reports).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The entries that end reports.
    private func endings(of reports: [String], _ ledger: TransparencyLog) throws(LedgerError) -> [LedgerEntry] {
        let latest = try ledger.latest(reports: reports)
        let tool = LedgerEntry.Tool(version: ToolVersion.current, build: nil)
        return reports.compactMap { report in
            guard let entry = latest[report]?.entry, entry.removal == nil else { return nil }
            var ending = entry.ending(.init(), by: tool)
            ending.note = "the sweep has it no more"
            return ending
        }
    }

    /// The entries that are new, with their records.
    private func batch(
        _ outcomes: [Build.Outcome], _ ended: [LedgerEntry], of project: Project, _ ledger: TransparencyLog
    ) throws(LedgerError) -> [(entry: LedgerEntry, record: EntryRecord)] {
        let latest = try options.note == nil ? ledger.latest(reports: outcomes.map(\.analysis.outputName)) : [:]
        var batch = outcomes.compactMap { outcome -> (entry: LedgerEntry, record: EntryRecord)? in
            guard let facts = outcome.facts,
                latest[outcome.analysis.outputName]?.entry.substance.digest != facts.digest
            else { return nil }
            return facts.parts
        }
        batch += ended.map { ($0, .none) }
        if batch.isEmpty { return [] }
        let circumstances = Circumstances(of: batch.map(\.entry), in: project, workspace)
        let build = options.executable.flatMap { path in
            cache?.digest(ofProgram: path) ?? (try? FileDigests(workspace.files).digest(of: path))?.sha256
        }
        for index in batch.indices {
            circumstances.fill(&batch[index].entry, note: options.note, build: build)
        }
        return batch
    }
}
