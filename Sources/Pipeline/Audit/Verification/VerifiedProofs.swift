import Diagnostics
import Ledger
import Workspace

/// The proofs beside reports against the entries that they are of.
struct VerifiedProofs: Sendable {
    let outputs: RecordedFiles
    let keys: [VerifyingKey]
    /// Of the trail.
    let leaves: MerkleLevels
    let shown: @Sendable (String) -> String

    /// Faults of the proofs beside one report. That there are none is no fault: they can be made again.
    func faults(of entry: LedgerEntry, index: Int) -> [Diagnostic] {
        let found = ReportProofs.faults(of: entry, number: index, in: outputs, keys: keys) { size in
            size <= leaves.size ? leaves.tree(of: size).root() : nil
        }
        return found.map { .trail(.alteredOutput, shown(Paths.joined(outputs.folder, $0.path)), $0.reason) }
    }
}
