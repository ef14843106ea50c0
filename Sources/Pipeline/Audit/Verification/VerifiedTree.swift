import Diagnostics
import Ledger
import Workspace

/// The tree of a trail made anew from its entries, and held against its tiles and its checkpoint.
///
/// Entries and the lowest tiles say the same thing twice. Whichever of the two has the checkpoint's root is right, and the
/// other is told where it differs; where neither has, every place at which they disagree is told.
struct VerifiedTree {
    /// The leaves as they should be: those that the checkpoint speaks of where they are known; nil where too much is missing.
    private(set) var leaves: MerkleLevels?
    private(set) var faults: [Diagnostic] = []
    /// Entries that are not what was appended.
    private(set) var altered: Set<Int> = []

    private let ledger: TransparencyLog
    private let shown: (String) -> String

    /// - Parameter checkpoint: nil where there is none that can be read.
    init(
        _ bundles: [VerifiedBundle], size: Int, checkpoint: Checkpoint?, in ledger: TransparencyLog,
        shown: @escaping (String) -> String
    ) {
        self.ledger = ledger
        self.shown = shown
        let tiles = Tile.all(of: size).filter { $0.content != .entries }
        var stored: [Tile: [UInt8]] = [:]
        for tile in tiles {
            stored[tile] = try? ledger.files.contents(of: ledger.path(tile.path), limit: TransparencyLog.tileLimit)
        }
        let ofEntries = bundles.flatMap(\.hashes)
        let ofTiles = Self.hashes(tiles.filter { $0.content == .hashes(level: 0) }, stored)
        func levels(_ hashes: [MerkleHash]) -> MerkleLevels? { hashes.count == size ? MerkleLevels(hashes) : nil }
        let entryLevels = levels(ofEntries)
        let tileLevels = levels(ofTiles)
        if let entryLevels, let checkpoint, entryLevels.tree().root() == checkpoint.root {
            leaves = entryLevels
        } else if let tileLevels, let checkpoint, tileLevels.tree().root() == checkpoint.root {
            leaves = tileLevels
            compare(bundles, with: ofTiles, "is not what was appended")
        } else {
            leaves = tileLevels ?? entryLevels
            compare(bundles, with: ofTiles, "and its hash in \(shown("tile/0")) do not agree")
            if checkpoint != nil {
                faults.append(
                    .trail(
                        .badCheckpoint, shown(TransparencyLog.checkpointPath),
                        "its root is not that of the \(size) entries"))
            }
        }
        for tile in tiles { compare(tile, stored[tile]) }
    }

    /// The hashes of the lowest tiles in order, up to the first that is not there in full.
    private static func hashes(_ tiles: [Tile], _ stored: [Tile: [UInt8]]) -> [MerkleHash] {
        var hashes: [MerkleHash] = []
        for tile in tiles {
            guard let bytes = stored[tile], bytes.count >= 32 * tile.width else { break }
            hashes += (0..<tile.width).compactMap { MerkleHash(bytes[32 * $0..<32 * $0 + 32]) }
        }
        return hashes
    }

    /// Entries against hashes; neighbours that differ are told as one.
    private mutating func compare(_ bundles: [VerifiedBundle], with hashes: [MerkleHash], _ fault: String) {
        for bundle in bundles {
            let first = bundle.tile.range.lowerBound
            let differing = bundle.hashes.indices.filter { offset in
                first + offset < hashes.count && bundle.hashes[offset] != hashes[first + offset]
            }
            altered.formUnion(differing.map { first + $0 })
            var rest = differing[...]
            while let start = rest.first {
                let run = zip(rest, start...).prefix { $0 == $1 }.count
                let last = first + start + run - 1
                let name = run == 1 ? "entry \(first + start)" : "entries \(first + start) to \(last)"
                let verb =
                    run == 1
                    ? fault : fault.replacing("is not", with: "are not").replacing("its hash", with: "their hashes")
                faults.append(
                    .trail(.alteredTrail, shown(bundle.tile.path), "\(name) \(verb)", byte: bundle.starts[start]))
                rest = rest.dropFirst(run)
            }
        }
    }

    /// A tile's bytes against those that it has over the right leaves. One that is missing is told elsewhere.
    private mutating func compare(_ tile: Tile, _ bytes: [UInt8]?) {
        guard let bytes, case .hashes(let level) = tile.content else { return }
        let path = shown(tile.path)
        if bytes.count != 32 * tile.width {
            faults.append(
                .trail(
                    .alteredTrail, path, "it has \(bytes.count) bytes, not \(32 * tile.width)",
                    byte: min(bytes.count, 32 * tile.width)))
        }
        guard let leaves else { return }
        let right = leaves.hashes(level: 8 * level, tile.range).flatMap(\.bytes)
        guard let byte = zip(right, bytes).enumerated().first(where: { $1.0 != $1.1 })?.offset else { return }
        let number = tile.range.lowerBound + byte / 32
        let what = level == 0 ? "the hash of entry \(number)" : "hash \(number) of level \(level)"
        faults.append(.trail(.alteredTrail, path, "\(what) is not that of the tree", byte: byte))
    }
}
