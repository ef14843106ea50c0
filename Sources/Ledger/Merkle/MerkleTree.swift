/// RFC 6962's Merkle tree over `size` leaves, whose perfect subtrees somebody knows.
///
/// The hash of leaves [0, n) is that of two parts, of which the first has as many leaves as the greatest power of two below n.
/// So every hash that is ever asked for is made of hashes of perfect subtrees: `node(level, index)` is that of the
/// 2^level leaves from index · 2^level on. They may lie in memory (`MerkleLevels`) or in tiles (`TileReader`).
package struct MerkleTree<Failure: Error> {
    package typealias Node = (_ level: Int, _ index: Int) throws(Failure) -> MerkleHash

    package let size: Int
    private let node: Node

    package init(size: Int, node: @escaping Node) {
        self.size = size
        self.node = node
    }

    package func root() throws(Failure) -> MerkleHash {
        size == 0 ? .empty : try hash(0..<size)
    }

    /// The audit path of a leaf, from its sibling up to the root's child (RFC 6962, 2.1.1).
    /// - Parameter index: Of a leaf of the tree.
    package func inclusionProof(of index: Int) throws(Failure) -> [MerkleHash] {
        var range = 0..<size
        var path: [MerkleHash] = []
        while range.count > 1 {
            let middle = Self.middle(of: range)
            let (own, other) =
                index < middle
                ? (range.lowerBound..<middle, middle..<range.upperBound)
                : (middle..<range.upperBound, range.lowerBound..<middle)
            path.append(try hash(other))
            range = own
        }
        return path.reversed()
    }

    /// The proof that the tree of the first `old` leaves is a beginning of this one (RFC 6962, 2.1.2).
    /// - Parameter old: From 0 to `size`; of the empty tree and of the tree itself the proof is empty.
    package func consistencyProof(from old: Int) throws(Failure) -> [MerkleHash] {
        guard old > 0, old < size else { return [] }
        var range = 0..<size
        // Whether the subtree is one that the verifier has as the old root.
        var isOldRoot = true
        var path: [MerkleHash] = []
        while range.upperBound != old {
            let middle = Self.middle(of: range)
            if old <= middle {
                path.append(try hash(middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(try hash(range.lowerBound..<middle))
                range = middle..<range.upperBound
                isOldRoot = false
            }
        }
        if !isOldRoot { path.append(try hash(range)) }
        return path.reversed()
    }

    private func hash(_ range: Range<Int>) throws(Failure) -> MerkleHash {
        let count = range.count
        if count & (count - 1) == 0 {
            let level = count.trailingZeroBitCount
            return try node(level, range.lowerBound >> level)
        }
        let middle = Self.middle(of: range)
        return .node(try hash(range.lowerBound..<middle), try hash(middle..<range.upperBound))
    }

    /// Where a range of more than one leaf is parted.
    private static func middle(of range: Range<Int>) -> Int {
        let below = range.count - 1
        return range.lowerBound + 1 << (Int.bitWidth - 1 - below.leadingZeroBitCount)
    }
}
