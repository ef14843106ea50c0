import Diagnostics
import Ledger

/// The checkpoint of a trail by its signatures, and earlier ones by the tree.
struct VerifiedCheckpoints {
    private(set) var faults: [Diagnostic] = []
    /// Keys whose signature the trail's checkpoint has.
    private(set) var signers: [VerifyingKey] = []

    /// - Parameters:
    ///   - current: The trail's own, with its path as shown.
    ///   - keys: Those that are trusted; without any, signatures are not looked at.
    mutating func checkSignature(of current: SignedCheckpoint, _ path: String, keys: [VerifyingKey]) {
        switch current.note.verdict(of: keys) {
        case .signed(let keys): signers = keys
        case .forged(let key):
            faults.append(.trail(.badCheckpoint, path, "\(key.name) did not sign this text"))
        case .unknown where keys.isEmpty: break
        case .unknown:
            let names = keys.map(\.description).joined(separator: ", ")
            let found = current.note.signatures.map(\.name).joined(separator: ", ")
            faults.append(
                .trail(
                    .badCheckpoint, path, "no signature of \(names)",
                    notes: [found.isEmpty ? "it is not signed at all" : "it is signed in the name of \(found)"]))
        }
    }

    /// Whether the trail begins with all that an earlier checkpoint spoke of.
    /// - Parameter leaves: Of the trail; nil where they are not known.
    mutating func check(
        _ old: SignedCheckpoint, _ path: String, against current: SignedCheckpoint, _ leaves: MerkleLevels?,
        keys: [VerifyingKey]
    ) {
        if case .forged(let key) = old.note.verdict(of: keys) {
            faults.append(.trail(.badCheckpoint, path, "\(key.name) did not sign this text"))
        }
        func fault(_ message: String) { faults.append(.trail(.inconsistentCheckpoint, path, message)) }
        let origin = old.checkpoint.origin
        if origin != current.checkpoint.origin, origin != Checkpoint.unsignedOrigin {
            return fault("it is of the trail \(origin), and this one is \(current.checkpoint.origin)")
        }
        guard old.size <= current.size else {
            return fault("it speaks of \(old.size) entries, and the trail has \(current.size)")
        }
        guard let leaves, leaves.size >= old.size else {
            return fault("it cannot be told whether the trail begins with its \(old.size) entries")
        }
        guard leaves.tree(of: old.size).root() == old.root else {
            return fault("the first \(old.size) entries of the trail are not those that it speaks of")
        }
    }
}
