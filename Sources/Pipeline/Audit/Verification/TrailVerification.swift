package import Diagnostics
package import Ledger
import Parallelism
import Workspace

/// Everything that a trail says, made anew and held against it: `report audit verify`.
package struct TrailVerification {
    /// A file that is made from the trail, such as the page of a history.
    package struct Derived {
        /// Absolute.
        package var path: String
        package var bytes: [UInt8]
        /// Whether it was so before the last entries; nil stands for a file that is not there. Builds that are killed after
        /// they appended leave it so.
        package var isEarlier: ([UInt8]?) -> Bool

        package init(path: String, bytes: [UInt8], isEarlier: @escaping ([UInt8]?) -> Bool = { $0 == nil }) {
            self.path = path
            self.bytes = bytes
            self.isEarlier = isEarlier
        }
    }

    package struct Outcome: Sendable {
        package var diagnostics: [Diagnostic]
        package var size: Int
        /// Trusted keys that signed the checkpoint.
        package var signers: [VerifyingKey]
        /// Names that signatures have, trusted or not.
        package var names: [String]
        /// How many files of reports were looked at; nil where reports were left alone.
        package var outputs: Int?
        /// How many earlier checkpoints were.
        package var checkpoints: Int
    }

    package let ledger: TransparencyLog
    /// The output folder, absolute; nil leaves reports alone.
    package var output: String?
    package var keys: [VerifyingKey] = []
    /// Earlier checkpoints with the paths that they came from.
    package var checkpoints: [(path: String, checkpoint: SignedCheckpoint)] = []
    /// Makes all files that are made from the trail, wherever they lie, of the reports' histories by name: each must be there
    /// and be the same. Asked for once the trail itself was found whole; nil where there are none.
    package var derived: (([(report: String, entries: [ReportHistory.Entry])]) throws -> [Derived])?
    /// How an absolute path is shown.
    package var shown: @Sendable (String) -> String = { $0 }

    package init(of ledger: TransparencyLog) { self.ledger = ledger }

    /// Verifies; where a build appended meanwhile, verifies what it made of the trail.
    package func run() -> Outcome {
        for _ in 0..<4 {
            let before = checkpointBytes
            let outcome = once()
            if checkpointBytes == before { return outcome }
        }
        return once()
    }

    private var checkpointBytes: [UInt8]? {
        try? ledger.files.contents(
            of: ledger.path(TransparencyLog.checkpointPath), limit: TransparencyLog.checkpointLimit)
    }

    private func once() -> Outcome {
        var outcome = Outcome(
            diagnostics: [], size: 0, signers: [], names: [], outputs: nil, checkpoints: checkpoints.count)
        let (ledger, show) = (ledger, shown)
        let shown: @Sendable (String) -> String = { show(ledger.path($0)) }
        let listing: TrailListing
        do throws(FileError) {
            listing = try TrailListing(of: ledger)
        } catch {
            outcome.diagnostics = [
                .trail(.missingTrailFile, show(ledger.folder), "there is no audit trail: \(error.reason)")
            ]
            return outcome
        }
        let current = checkpointBytes.flatMap { SignedCheckpoint($0) }
        var faults: [Diagnostic] = []
        if current == nil {
            let isThere = listing.files.contains(TransparencyLog.checkpointPath)
            faults.append(
                .trail(
                    isThere ? .badCheckpoint : .missingTrailFile, shown(TransparencyLog.checkpointPath),
                    isThere ? "it is not a checkpoint in the one form that it has" : "the checkpoint is missing"))
        }
        var size = current?.size ?? listing.sizeOfBundles
        if size > listing.sizeOfBundles {
            // A number that was made up must not make us look for as many tiles.
            faults.append(
                .trail(
                    .badCheckpoint, shown(TransparencyLog.checkpointPath),
                    "it speaks of \(size) entries, and bundles hold \(listing.sizeOfBundles) at most"))
            size = min(size, listing.sizeOfBundles + Tile.fullWidth)
        }
        let bundles = readBundles(size, shown)
        let tree = VerifiedTree(bundles, size: size, checkpoint: current?.checkpoint, in: ledger, shown: shown)
        var signatures = VerifiedCheckpoints()
        if let current {
            signatures.checkSignature(of: current, shown(TransparencyLog.checkpointPath), keys: keys)
            for (path, old) in checkpoints { signatures.check(old, path, against: current, tree.leaves, keys: keys) }
            outcome.names = current.note.signatures.map(\.name)
        }
        let entries = VerifiedEntries(bundles, altered: tree.altered, shown)
        faults += signatures.faults + bundles.flatMap(\.faults) + tree.faults + entries.faults
        faults += files(listing, size, entries, shown, areWhole: !faults.hasErrors)
        if let output {
            faults += reports(in: output, entries, tree.leaves)
            outcome.outputs = entries.latest.reduce(0) { $0 + $1.entry.files.count }
        }
        outcome.diagnostics = faults
        outcome.size = size
        outcome.signers = signatures.signers
        return outcome
    }

    /// What is wrong with the files of reports, with the proofs beside them, and with what is left of removed ones.
    private func reports(in output: String, _ entries: VerifiedEntries, _ leaves: MerkleLevels?) -> [Diagnostic] {
        let latest = entries.latest
        let held = RecordedFiles(in: output, ledger.files)
        let outputs = VerifiedOutputs(folder: output, files: ledger.files, shown: shown)
        let removals = VerifiedRemovals(
            outputs: held, owned: Set(latest.flatMap { $0.entry.files.map(\.path) }), shown: shown,
            entry: { entries.entry($0) })
        let proofs = leaves.map { [keys, shown] in
            VerifiedProofs(outputs: held, keys: keys, leaves: $0, shown: shown, entry: { entries.entry($0) })
        }
        let found = concurrentMap(latest.count) { number in
            let (index, entry) = latest[number]
            if entry.removal != nil { return removals.faults(of: entry, index: index) }
            return outputs.faults(of: entry, index: index) + (proofs?.faults(of: entry, index: index) ?? [])
        }
        return found.flatMap { $0 }
    }

    private func readBundles(_ size: Int, _ shown: @Sendable (String) -> String) -> [VerifiedBundle] {
        let tiles = Tile.all(of: size).filter { $0.content == .entries }
        let (ledger, keepsRecords) = (ledger, derived != nil)
        return concurrentMap(tiles.count) {
            VerifiedBundle(tiles[$0], in: ledger, keepsRecords: keepsRecords, shown: shown)
        }
    }
}
