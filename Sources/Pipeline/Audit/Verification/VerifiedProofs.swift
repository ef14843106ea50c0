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

    /// Faults of the proofs beside one report. That there are none is no fault: they can be made again; and of those of an
    /// entry before the latest it is told that builds were interrupted.
    func faults(of entry: LedgerEntry, index: Int) -> [Diagnostic] {
        let found = read(entry, index)
        if found.isEmpty { return [] }
        let earlier = earlier(Set(found.map(\.path)), entry)
        return found.map { fault in
            let path = shown(Paths.joined(outputs.folder, fault.path))
            guard earlier.contains(fault.path) else { return .trail(.alteredOutput, path, fault.reason) }
            return .trail(
                .interruptedAppend, path, "it was to be made anew after the last entry", severity: .warning,
                notes: ["the next build makes it"])
        }
    }

    /// Which of some files are of an entry of the report before this one.
    private func earlier(_ paths: Set<String>, _ latest: LedgerEntry) -> Set<String> {
        var left = paths
        var number = latest.previous
        // Each build of many in a row may have been killed.
        while !left.isEmpty, let index = number, let entry = entry(index) {
            left.formIntersection(read(entry, index).map(\.path))
            // A trail may be a stranger's: numbers only go down.
            number = entry.previous.flatMap { $0 < index ? $0 : nil }
        }
        return paths.subtracting(left)
    }

    private func read(_ entry: LedgerEntry, _ index: Int) -> [(path: String, reason: String)] {
        ReportProofs.faults(of: entry, number: index, in: outputs, keys: keys) { size in
            size <= leaves.size ? leaves.tree(of: size).root() : nil
        }
    }
}
