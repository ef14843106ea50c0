/// What files a log gains by some leaves: the tiles that grow or begin, whole, and the root over them.
struct NewTiles {
    /// In the order of levels, then the bundles; each from the left.
    private(set) var tiles: [(tile: Tile, bytes: [UInt8])] = []
    /// Partial tiles of the old size in whose place others stand.
    private(set) var superseded: [Tile] = []
    let size: Int
    let root: MerkleHash

    init(_ ledger: TransparencyLog, size old: Int, adding leaves: [[UInt8]]) throws(LedgerError) {
        size = old + leaves.count
        let reader = TileReader(ledger, size: size)
        var level = 0
        var count = old
        var added = leaves.map { MerkleHash.leaf($0) }
        while !added.isEmpty {
            var hashes = added
            if let partial = Self.partial(.hashes(level: level), of: count) {
                hashes.insert(contentsOf: try ledger.hashes(partial).prefix(partial.width), at: 0)
                superseded.append(partial)
            }
            added = []
            for (offset, start) in stride(from: 0, to: hashes.count, by: Tile.fullWidth).enumerated() {
                let part = Array(hashes[start..<min(start + Tile.fullWidth, hashes.count)])
                let tile = Tile(.hashes(level: level), index: count / Tile.fullWidth + offset, width: part.count)
                tiles.append((tile, part.flatMap(\.bytes)))
                reader.learn(part, level: level, index: tile.index)
                if tile.isFull { added.append(MerkleLevels(part).node(level: 8, index: 0)) }
            }
            level += 1
            count /= Tile.fullWidth
        }
        var bundled = leaves
        if let partial = Self.partial(.entries, of: old) {
            bundled.insert(contentsOf: try ledger.bundle(partial).prefix(partial.width), at: 0)
            superseded.append(partial)
        }
        for (offset, start) in stride(from: 0, to: bundled.count, by: Tile.fullWidth).enumerated() {
            let part = bundled[start..<min(start + Tile.fullWidth, bundled.count)]
            let tile = Tile(.entries, index: old / Tile.fullWidth + offset, width: part.count)
            tiles.append((tile, EntryBundle.bytes(of: part)))
        }
        let tree = MerkleTree(size: size) { (level, index) throws(LedgerError) in
            try reader.node(level: level, index: index)
        }
        root = try tree.root()
    }

    /// The last tile of a row, where it is partial.
    private static func partial(_ content: Tile.Content, of count: Int) -> Tile? {
        count % Tile.fullWidth == 0
            ? nil : Tile(content, index: count / Tile.fullWidth, width: count % Tile.fullWidth)
    }
}
