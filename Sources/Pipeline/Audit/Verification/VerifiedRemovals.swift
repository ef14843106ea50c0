import Diagnostics
import Ledger
import Workspace

/// What still lies in the output folder of reports that were removed: whoever finds it there would take it for a report.
struct VerifiedRemovals: Sendable {
    let outputs: RecordedFiles
    /// Files that reports have which were not removed, by their paths in the output folder.
    let owned: Set<String>
    let shown: @Sendable (String) -> String
    /// The entry of a number.
    let entry: @Sendable (Int) -> LedgerEntry?

    /// - Parameter removal: A report's latest entry, which ends it.
    func faults(of removal: LedgerEntry, index: Int) -> [Diagnostic] {
        let files = removal.lastBuild(before: index, entry)?.files.map(\.path) ?? []
        let proofs = [ReportProofs.proofPath(of: removal.report), ReportProofs.envelopePath(of: removal.report)]
        return (files + proofs).filter { !owned.contains($0) && outputs.path($0) != nil }.map { path in
            .trail(
                .leftReport, shown(Paths.joined(outputs.folder, path)),
                "entry \(index) says that \(removal.report) was removed, and it is still there", severity: .warning)
        }
    }
}

extension LedgerEntry {
    /// The build of the report that came last before this entry; nil where there is none.
    func lastBuild(before index: Int, _ entry: (Int) -> LedgerEntry?) -> LedgerEntry? {
        var (index, next) = (index, previous)
        // A trail may be a stranger's: numbers only go down.
        while let number = next, number < index, let found = entry(number) {
            if found.removal == nil { return found }
            (index, next) = (number, found.previous)
        }
        return nil
    }
}
