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

    /// The entry of a number.
    let entry: @Sendable (Int) -> LedgerEntry?

    /// Faults of the proofs beside one report. That there are none is no fault: they can be made again; and of those of the
    /// entry before the latest it is told that a build was interrupted.
    func faults(of entry: LedgerEntry, index: Int) -> [Diagnostic] {
        let found = read(entry, index)
        if found.isEmpty { return [] }
        var earlier: Set<String>?
        if let number = entry.previous, let previous = self.entry(number) {
            earlier = Set(read(previous, number).map(\.path))
        }
        return found.map { fault in
            let path = shown(Paths.joined(outputs.folder, fault.path))
            guard let earlier, !earlier.contains(fault.path) else { return .trail(.alteredOutput, path, fault.reason) }
            return .trail(
                .interruptedAppend, path, "it was to be made anew after the last entry", severity: .warning,
                notes: ["the next build makes it"])
        }
    }

    private func read(_ entry: LedgerEntry, _ index: Int) -> [(path: String, reason: String)] {
        ReportProofs.faults(of: entry, number: index, in: outputs, keys: keys) { size in
            size <= leaves.size ? leaves.tree(of: size).root() : nil
        }
    }
}
