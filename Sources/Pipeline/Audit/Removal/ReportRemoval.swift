package import Diagnostics
import Execution
import Ledger
package import Workspace

/// Reports that are ended: `report audit remove`.
///
/// An entry says so, in one batch for all of them, and then their files go, as far as they are what was recorded. The other
/// way round a removal that is interrupted would leave a trail that speaks of files which are not there; this way it leaves
/// files, which `report audit verify` tells of and which another removal takes.
package struct ReportRemoval {
    package struct Outcome: Sendable {
        /// The numbers of the new entries.
        package var entries: Range<Int>
        /// The reports that were ended, or had been.
        package var reports: [String]
        /// Files that were removed, by their paths from the working folder.
        package var removed: [String] = []
        /// What was left where it is, and why.
        package var diagnostics: [Diagnostic] = []

        /// In sentences.
        package var text: String {
            let names = reports.joined(separator: ", ")
            if entries.isEmpty { return "\(names): removed before, and the trail says so." }
            let numbers =
                entries.count == 1
                ? "entry \(entries.lowerBound)" : "entries \(entries.lowerBound) to \(entries.upperBound - 1)"
            return "\(names): removed with \(numbers)."
        }
    }

    private let options: AuditRecorder.Options
    let trail: AuditTrail
    let workspace: WorkspaceContext

    /// - Parameter options: Its note says why.
    package init(_ options: AuditRecorder.Options, of trail: AuditTrail, in workspace: WorkspaceContext) {
        self.options = options
        self.trail = trail
        self.workspace = workspace
    }

    /// - Parameters:
    ///   - names: Analyses, or reports by their names.
    ///   - successor: The report as which the one that is named goes on.
    package func run(_ names: [String], successor: String? = nil) throws(Diagnostic) -> Outcome {
        let reader = try trail.reading { ledger throws(LedgerError) in try EntryReader(ledger) }
        let latest = try trail.reading { _ throws(LedgerError) in try reader.latest() }
        var reports: [String] = []
        for name in names {
            let found = try trail.reading { _ throws(LedgerError) in
                try AuditLog.reports(named: name, trail, workspace, reader)
            }
            if found.isEmpty { throw .error(.unknownEntry, "The audit trail has no entry of \(name)", at: nil) }
            reports += found.filter { !reports.contains($0) }
        }
        let next = try self.successor(successor, of: reports, latest, reader)
        let ended = reports.compactMap { latest[$0]?.entry }.filter { $0.removal == nil }
        let pages = HistoryPages(trail.ledger, in: trail.location, workspace)
        let batch = entries(ended, .init(successor: next))
        var outcome = Outcome(
            entries: try trail.reading { _ throws(LedgerError) in
                try pages.append(
                    batch, telling: reports, signer: options.signer, origin: trail.location.origin)
            }, reports: reports)
        let others = latest.values.filter { !reports.contains($0.entry.report) }.flatMap { $0.entry.files.map(\.path) }
        for report in reports {
            guard let numbered = latest[report],
                let build = try lastBuild(numbered, reader)
            else { continue }
            remove(build, sparing: Set(others), &outcome)
        }
        return outcome
    }

    private func lastBuild(
        _ numbered: TransparencyLog.Numbered, _ reader: EntryReader
    ) throws(Diagnostic) -> LedgerEntry? {
        if numbered.entry.removal == nil { return numbered.entry }
        return numbered.entry.lastBuild(before: numbered.index) { try? reader.entry($0) }
    }

    private func entries(
        _ ended: [LedgerEntry], _ removal: LedgerEntry.Removal
    ) -> [(entry: LedgerEntry, record: EntryRecord)] {
        if ended.isEmpty { return [] }
        let build = options.executable.flatMap { (try? FileDigests(workspace.files).digest(of: $0))?.sha256 }
        var made = ended.map { $0.ending(removal, by: .init(version: ToolVersion.current, build: nil)) }
        let circumstances = Circumstances(of: made, in: trail.project, workspace)
        for index in made.indices { circumstances.fill(&made[index], note: options.note, build: build) }
        return made.map { ($0, .none) }
    }

    /// The one report that a person names as going on.
    private func successor(
        _ name: String?, of reports: [String], _ latest: [String: TransparencyLog.Numbered], _ reader: EntryReader
    ) throws(Diagnostic) -> String? {
        guard let name else { return nil }
        func fault(_ reason: String) -> Diagnostic {
            .error(
                .unsuitableSuccessor, "A report goes on as one other, which is in the audit trail", at: nil,
                notes: [.init(reason)])
        }
        guard reports.count == 1 else { throw fault("these are \(reports.count): \(reports.joined(separator: ", "))") }
        let found = try trail.reading { _ throws(LedgerError) in
            try AuditLog.reports(named: name, trail, workspace, reader)
        }
        guard let next = found.first else { throw fault("there is no entry of \(name): build it first") }
        guard found.count == 1 else { throw fault("\(name) has \(found.count) reports: name one of them") }
        guard next != reports[0] else { throw fault("\(next) is itself") }
        guard latest[next]?.entry.removal == nil else { throw fault("\(next) was removed") }
        return next
    }
}
