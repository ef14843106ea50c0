package import Diagnostics
import Ledger
package import Workspace

/// A copy of a trail: `report audit mirror`.
///
/// The copy may be older than the trail, and then becomes what the trail is; it is left as it is unless the trail begins with
/// all that the copy has, by a consistency proof of RFC 6962 whose hashes come from the trail and whose old root is the
/// copy's own. So a mirror on another machine tells whether history was rewritten since it was last brought up to date.
package struct TrailMirror {
    /// What a mirror came to.
    package struct Outcome: Sendable, Hashable {
        package var old: Int
        package var new: Int
        package var written: Int

        /// In a sentence.
        package var text: String {
            let entries = new == 1 ? "1 entry" : "\(new) entries"
            if old == new {
                return "The mirror is up to date with \(entries)" + (written > 0 ? ", and was repaired." : ".")
            }
            return "The mirror has \(entries), \(new - old) of them new."
        }
    }

    private let trail: AuditTrail
    private let workspace: WorkspaceContext

    package init(_ trail: AuditTrail, in workspace: WorkspaceContext) {
        self.trail = trail
        self.workspace = workspace
    }

    /// - Parameter folder: As typed.
    package func write(to folder: String) throws(Diagnostic) -> Outcome {
        let place = workspace.absolute(folder)
        let real = workspace.files.realPath(of: place) ?? Paths.normalised(place)
        guard !Paths.isInside(real, trail.location.folder), !Paths.isInside(trail.location.folder, real) else {
            throw .error(.refusedMirror, "A mirror of the audit trail lies apart from it", at: nil)
        }
        let (checkpoint, paths) = try trail.reading { ledger throws(LedgerError) in try TrailMirror.contents(of: ledger)
        }
        guard let checkpoint else {
            throw .error(.refusedMirror, "The audit trail has no entries yet, and nothing to mirror", at: nil)
        }
        let refusal: String
        let copy = TransparencyLog(at: real, files: workspace.files)
        do throws(LedgerError) {
            let old = try copy.checkpoint()
            guard let fault = try fault(of: old, before: checkpoint) else {
                return Outcome(
                    old: old?.size ?? 0, new: checkpoint.size, written: try fill(copy, old, checkpoint, paths))
            }
            refusal = fault
        } catch {
            throw .error(.unusableTrail, "The mirror in \(folder) cannot be used: \(error.reason)", at: nil)
        }
        throw .error(
            .refusedMirror, "A mirror is the beginning of its audit trail, and \(folder) is not: \(refusal)", at: nil,
            notes: [.init("either history was rewritten since, or it is the mirror of another trail")])
    }

    /// The files that a checkpoint speaks of; what is not whole is not copied.
    private static func contents(
        of ledger: TransparencyLog
    ) throws(LedgerError) -> (checkpoint: SignedCheckpoint?, paths: [String]) {
        guard let checkpoint = try ledger.checkpoint() else { return (nil, []) }
        let size = checkpoint.size
        let leaves = try ledger.leaves(0..<size)
        let root = MerkleLevels(leaves.map { MerkleHash.leaf($0) }).tree().root()
        let tiles = try ledger.tree(of: size).root()
        guard root == checkpoint.root, tiles == root else {
            throw .damaged(path: TransparencyLog.checkpointPath, reason: "its root is not that of the entries")
        }
        var paths = Tile.all(of: size).map(\.path)
        var known: Set<String> = []
        for (index, leaf) in leaves.enumerated() {
            let digest = try ledger.entry(leaf, index).record
            _ = try ledger.record(digest)
            if known.insert(digest).inserted { paths.append(EntryRecord.path(digest)) }
        }
        return (checkpoint, paths)
    }

    /// Why a copy is not the beginning of the trail; nil where it is.
    private func fault(
        of old: SignedCheckpoint?, before new: SignedCheckpoint
    ) throws(LedgerError) -> String? {
        guard let old else { return nil }
        let unsigned = Checkpoint.unsignedOrigin
        if old.checkpoint.origin != new.checkpoint.origin, old.checkpoint.origin != unsigned {
            return "it is of \(old.checkpoint.origin), and this trail is \(new.checkpoint.origin)"
        }
        guard old.size <= new.size else { return "it has \(old.size) entries, and the trail has \(new.size)" }
        let path = try trail.ledger.consistencyProof(from: old.size, to: new.size)
        let isConsistent = MerkleProof.isConsistent(
            old: old.size, root: old.root, new: new.size, root: new.root, path: path)
        return isConsistent ? nil : "its \(old.size) entries are not the first of the trail"
    }

    /// Writes what the copy lacks: all that the checkpoint speaks of is there before it is. Where that fails, what is new goes
    /// again: the copy is what it was.
    private func fill(
        _ copy: TransparencyLog, _ old: SignedCheckpoint?, _ new: SignedCheckpoint, _ paths: [String]
    ) throws(LedgerError) -> Int {
        var written: [String] = []
        var added: [String] = []
        do throws(FileError) {
            for path in paths {
                let bytes = try trail.ledger.files.contents(
                    of: trail.ledger.path(path), limit: TransparencyLog.recordLimit)
                let place = copy.path(path)
                if (try? copy.files.contents(of: place, limit: bytes.count)) == bytes { continue }
                if copy.files.linkStatus(of: place) == nil { added.append(place) }
                try copy.files.replace([FileContent(path: place, bytes: bytes, isDurable: false)])
                written.append(place)
            }
            if !written.isEmpty { try copy.files.settle(written, in: copy.folder) }
            try copy.files.replace([FileContent(path: copy.path(TransparencyLog.checkpointPath), bytes: new.bytes)])
            added = []
            try copy.files.settle([copy.path(TransparencyLog.checkpointPath)], in: copy.folder)
            let wanted = Set(paths)
            for tile in Tile.all(of: old?.size ?? 0) where !wanted.contains(tile.path) {
                try TrailMirror.remove(copy.path(tile.path), copy)
            }
        } catch {
            for path in added { try? TrailMirror.remove(path, copy) }
            throw .file(error)
        }
        return written.count
    }

    /// Removes a file, and the folder of a partial tile with it.
    private static func remove(_ path: String, _ copy: TransparencyLog) throws(FileError) {
        try copy.files.remove(path)
        let folder = Paths.parent(of: path)
        if folder.hasSuffix(".p"), (try? copy.files.names(in: folder))?.isEmpty == true {
            try copy.files.remove(folder)
        }
    }
}
