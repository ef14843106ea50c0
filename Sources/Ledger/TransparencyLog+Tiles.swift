import Workspace

/// Tiles as they lie on disk, and the tree that they are.
extension TransparencyLog {
    /// The hashes of a tile.
    func hashes(_ tile: Tile) throws(LedgerError) -> [MerkleHash] {
        let bytes = try tileBytes(tile)
        guard bytes.count >= 32 * tile.width else {
            throw .damaged(path: tile.path, reason: "it has \(bytes.count) bytes, not \(32 * tile.width)")
        }
        return (0..<tile.width).compactMap { MerkleHash(bytes[32 * $0..<32 * $0 + 32]) }
    }

    /// The leaves of a bundle, at least as many as the tile is wide.
    func bundle(_ tile: Tile) throws(LedgerError) -> [[UInt8]] {
        let bytes = try bundleBytes(tile)
        return EntryBundle.ranges(in: bytes).ranges.map { Array(bytes[$0]) }
    }

    func bundleBytes(_ tile: Tile) throws(LedgerError) -> [UInt8] {
        let bytes = try tileBytes(tile)
        let (ranges, isWhole) = EntryBundle.ranges(in: bytes)
        guard isWhole, ranges.count >= tile.width else {
            throw .damaged(path: tile.path, reason: "it does not hold \(tile.width) entries")
        }
        return bytes
    }

    /// A tile's bytes or, where an append has since taken its place, those of the wider one, which begin the same.
    private func tileBytes(_ tile: Tile) throws(LedgerError) -> [UInt8] {
        var tile = tile
        while true {
            let failure: LedgerError
            do throws(LedgerError) {
                return try contents(tile.path, limit: Self.tileLimit)
            } catch {
                failure = error
            }
            var count = try size
            if case .hashes(let level) = tile.content { count >>= 8 * level }
            let wider = Tile.holding(tile.range.lowerBound, of: count, tile.content)
            guard wider.width > tile.width else { throw failure }
            tile = wider
        }
    }

    /// The tree of the first `size` entries, of which there must be as many.
    package func tree(of size: Int) throws(LedgerError) -> MerkleTree<LedgerError> {
        guard size >= 0, size <= (try self.size) else { throw .missing("size \(size)") }
        let tiles = TileReader(self, size: size)
        return MerkleTree(size: size) { (level, index) throws(LedgerError) in try tiles.node(level: level, index: index)
        }
    }

    /// The audit path of an entry in the tree of a size.
    package func inclusionProof(of index: Int, in size: Int) throws(LedgerError) -> [MerkleHash] {
        guard index >= 0, index < size else { throw .missing("entry \(index) at size \(size)") }
        return try tree(of: size).inclusionProof(of: index)
    }

    package func consistencyProof(from old: Int, to new: Int) throws(LedgerError) -> [MerkleHash] {
        guard old >= 0, old <= new else { throw .missing("size \(old) before size \(new)") }
        return try tree(of: new).consistencyProof(from: old)
    }
}

/// Hashes of perfect subtrees out of tiles, each of which is read once.
final class TileReader {
    private struct Place: Hashable {
        var level: Int
        var index: Int
    }

    private let ledger: TransparencyLog
    private let size: Int
    private var known: [Place: [MerkleHash]] = [:]

    init(_ ledger: TransparencyLog, size: Int) {
        self.ledger = ledger
        self.size = size
    }

    /// Tiles that are not on disk yet.
    func learn(_ hashes: [MerkleHash], level: Int, index: Int) { known[Place(level: level, index: index)] = hashes }

    func node(level: Int, index: Int) throws(LedgerError) -> MerkleHash {
        let row = level / 8
        let depth = level % 8
        // 2^depth hashes of the row, which are aligned and so in one tile.
        let first = index << depth
        let place = Place(level: row, index: first / Tile.fullWidth)
        if known[place] == nil {
            known[place] = try ledger.hashes(Tile.holding(first, of: size >> (8 * row), .hashes(level: row)))
        }
        let offset = first % Tile.fullWidth
        guard let hashes = known[place], offset + 1 << depth <= hashes.count else {
            throw .missing("hash \(level)/\(index)")
        }
        return MerkleLevels(Array(hashes[offset..<offset + 1 << depth])).node(level: depth, index: 0)
    }
}
