import Diagnostics
import Digests
import Ledger
import Values
import Workspace

/// One bundle of entries, read and checked for itself: its form, its entries, and their records.
struct VerifiedBundle: Sendable {
    let tile: Tile
    /// Of the entries that could be told apart.
    private(set) var hashes: [MerkleHash] = []
    /// Where each begins in the file: its length's first byte.
    private(set) var starts: [Int] = []
    /// nil where the bytes are not an entry's.
    private(set) var entries: [LedgerEntry?] = []
    /// The numbers of entries, by the digest of the record; empty unless they are to be kept.
    private(set) var records: [String: EntryRecord] = [:]
    /// Faults of the file as a whole.
    private(set) var faults: [Diagnostic] = []
    /// Faults of entries and their records, by the number of the entry.
    private(set) var entryFaults: [(index: Int, fault: Diagnostic)] = []

    /// - Parameter keepsRecords: Whether what is made from the trail will need them.
    init(_ tile: Tile, in ledger: TransparencyLog, keepsRecords: Bool, shown: (String) -> String) {
        self.tile = tile
        let path = shown(tile.path)
        guard let bytes = try? ledger.files.contents(of: ledger.path(tile.path), limit: TransparencyLog.tileLimit)
        else {
            if ledger.files.linkStatus(of: ledger.path(tile.path)) != nil {
                faults.append(.trail(.alteredTrail, path, "it cannot be read as a bundle of entries"))
            }
            return
        }
        let (ranges, isWhole) = EntryBundle.ranges(in: bytes)
        if !isWhole {
            let end = ranges.last?.upperBound ?? 0
            faults.append(.trail(.alteredTrail, path, "it ends within an entry", byte: end))
        } else if ranges.count != tile.width {
            let byte = ranges.count > tile.width ? ranges[tile.width].lowerBound - 2 : bytes.count
            faults.append(
                .trail(.alteredTrail, path, "it holds \(ranges.count) entries, not \(tile.width)", byte: byte))
        }
        var checked: [String: EntryRecord?] = [:]
        for (offset, range) in ranges.prefix(tile.width).enumerated() {
            hashes.append(.leaf(bytes[range]))
            starts.append(range.lowerBound - 2)
            entries.append(read(Array(bytes[range]), tile.range.lowerBound + offset, ledger, &checked, shown))
        }
        if keepsRecords { records = checked.compactMapValues(\.self) }
    }

    private mutating func read(
        _ leaf: [UInt8], _ index: Int, _ ledger: TransparencyLog, _ checked: inout [String: EntryRecord?],
        _ shown: (String) -> String
    ) -> LedgerEntry? {
        let path = shown(tile.path)
        guard let value = Value(canonicalJSON: leaf), let digest = value["record"]?.string else {
            entryFaults.append((index, .trail(.alteredTrail, path, "entry \(index) is not in canonical form")))
            return nil
        }
        if checked[digest] == nil { checked[digest] = record(digest, index, ledger, shown) }
        let lists = (checked[digest] ?? nil)?.lists ?? [:]
        guard let entry = LedgerEntry(value, lists: lists) else {
            entryFaults.append((index, .trail(.alteredTrail, path, "entry \(index) is not an entry of this version")))
            return nil
        }
        return entry
    }

    /// The record of an entry; a fault and nil where it is not what its name says.
    private mutating func record(
        _ digest: String, _ index: Int, _ ledger: TransparencyLog, _ shown: (String) -> String
    ) -> EntryRecord? {
        let relative = EntryRecord.path(digest)
        func fault(_ code: DiagnosticCode, _ message: String) -> EntryRecord? {
            entryFaults.append((index, .trail(code, shown(relative), message)))
            return nil
        }
        guard EntryRecord.digest(ofPath: relative) == digest else {
            return fault(.alteredTrail, "entry \(index) names a record that can have no such digest")
        }
        guard ledger.files.linkStatus(of: ledger.path(relative))?.kind == .file else {
            return fault(.missingTrailFile, "the record of entry \(index) is missing")
        }
        guard let bytes = try? ledger.files.contents(of: ledger.path(relative), limit: TransparencyLog.recordLimit)
        else {
            return fault(.alteredTrail, "the record of entry \(index) cannot be read")
        }
        guard sha256(bytes) == digest else {
            return fault(.alteredTrail, "the record of entry \(index) is not the one that the entry has the digest of")
        }
        guard let record = EntryRecord(file: bytes) else {
            return fault(.alteredTrail, "the record of entry \(index) is not in canonical form")
        }
        return record
    }
}
