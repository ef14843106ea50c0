import Digests
import Values
package import Workspace

/// The audit trail of a project: a log of entries in a folder, as C2SP tlog-tiles with a checkpoint.
///
/// The folder holds `checkpoint`, `tile/…`, `records/1f/1f…9c.json` (`EntryRecord`) and `lock`, besides pages that others
/// make from them. Reading needs no lock: what a checkpoint speaks of stays as it is, and a tile that a later append made
/// wider begins as the narrower one did. Paths that are told are from the folder.
package struct TransparencyLog: Sendable {
    /// Absolute.
    package let folder: String
    package let files: any FileSystem

    package init(at folder: String, files: any FileSystem) {
        self.folder = folder
        self.files = files
    }

    package static let checkpointPath = "checkpoint"
    package static let lockPath = "lock"
    /// A checkpoint takes some hundred bytes.
    package static let checkpointLimit = 1 << 16
    /// A bundle of the longest entries takes 16 MiB and 512 bytes.
    package static let tileLimit = 17 << 20
    package static let recordLimit = 256 << 20

    package func path(_ relative: String) -> String { Paths.joined(folder, relative) }

    func contents(_ relative: String, limit: Int) throws(LedgerError) -> [UInt8] {
        do throws(FileError) {
            return try files.contents(of: path(relative), limit: limit)
        } catch {
            throw .file(error)
        }
    }

    /// nil where there is no trail yet.
    package func checkpoint() throws(LedgerError) -> SignedCheckpoint? {
        guard files.linkStatus(of: path(Self.checkpointPath)) != nil else { return nil }
        let bytes = try contents(Self.checkpointPath, limit: Self.checkpointLimit)
        guard let checkpoint = SignedCheckpoint(bytes) else {
            throw .damaged(path: Self.checkpointPath, reason: "it is not a signed note of a checkpoint")
        }
        return checkpoint
    }

    /// How many entries there are.
    package var size: Int { get throws(LedgerError) { try checkpoint()?.size ?? 0 } }

    /// The leaves of some entries, in order.
    /// - Parameter range: Of entries that there are.
    package func leaves(_ range: Range<Int>) throws(LedgerError) -> [[UInt8]] {
        let size = try size
        guard range.isEmpty || (range.lowerBound >= 0 && range.upperBound <= size) else {
            throw .missing("entry \(range.upperBound - 1)")
        }
        var leaves: [[UInt8]] = []
        var next = range.lowerBound
        while next < range.upperBound {
            let tile = Tile.holding(next, of: size, .entries)
            let bundle = try bundle(tile)
            let end = min(range.upperBound, tile.range.upperBound)
            leaves += bundle[next - tile.range.lowerBound..<end - tile.range.lowerBound]
            next = end
        }
        return leaves
    }

    /// The bytes of an entry that are the tree's leaf.
    package func leaf(_ index: Int) throws(LedgerError) -> [UInt8] { try leaves(index..<index + 1)[0] }

    package func entry(_ index: Int) throws(LedgerError) -> LedgerEntry { try entry(try leaf(index), index) }

    package func entries(_ range: Range<Int>) throws(LedgerError) -> [LedgerEntry] {
        var entries: [LedgerEntry] = []
        for (offset, leaf) in try leaves(range).enumerated() {
            entries.append(try entry(leaf, range.lowerBound + offset))
        }
        return entries
    }

    /// The entry of a leaf, with lists from its record where they were moved there.
    package func entry(_ leaf: [UInt8], _ index: Int) throws(LedgerError) -> LedgerEntry {
        if let entry = LedgerEntry(leaf: leaf) { return entry }
        // A leaf that lacks lists tells all the same in which record they are.
        if let digest = Value(canonicalJSON: leaf)?["record"]?.string {
            let lists = try record(digest).lists
            if let entry = LedgerEntry(leaf: leaf, lists: Value.object(lists).canonicalBytes) { return entry }
        }
        throw .damaged(path: "entry \(index)", reason: "it is not an entry in canonical form")
    }

    /// The numbers of an entry, by the digest that it has of them.
    package func record(_ digest: String) throws(LedgerError) -> EntryRecord {
        let path = EntryRecord.path(digest)
        guard EntryRecord.digest(ofPath: path) == digest else { throw .missing("record \(digest)") }
        let bytes = try contents(path, limit: Self.recordLimit)
        guard sha256(bytes) == digest, let record = EntryRecord(file: bytes) else {
            throw .damaged(path: path, reason: "it is not the record of this digest")
        }
        return record
    }
}
