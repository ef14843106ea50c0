/// What proofs show, computed by whoever doubts: no tree is needed (RFC 9162, 2.1.3.2 and 2.1.4.2).
package enum MerkleProof {
    /// The root of the tree that a leaf is in if its audit path is right; nil where the path has another length.
    package static func root(
        leaf: MerkleHash, index: Int, size: Int, path: [MerkleHash]
    ) -> MerkleHash? {
        guard index >= 0, index < size else { return nil }
        var (position, last) = (index, size - 1)
        var root = leaf
        for hash in path {
            guard last > 0 else { return nil }
            if position & 1 == 1 || position == last {
                root = .node(hash, root)
                // A left edge's subtrees that have no sibling to their right are passed over.
                while position & 1 == 0, position > 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                root = .node(root, hash)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 ? root : nil
    }

    /// Whether a tree of `old` leaves is a beginning of one of `new` leaves, by what a proof shows.
    package static func isConsistent(
        old: Int, root oldRoot: MerkleHash, new: Int, root newRoot: MerkleHash, path: [MerkleHash]
    ) -> Bool {
        guard old >= 0, old <= new else { return false }
        if old == 0 { return path.isEmpty && oldRoot == .empty }
        if old == new { return path.isEmpty && oldRoot == newRoot }
        var path = path[...]
        // A tree of a power of two is a subtree of the new one, and its root is not told again.
        let isSubtree = old & (old - 1) == 0
        guard let first = isSubtree ? oldRoot : path.popFirst() else { return false }
        var (position, last) = (old - 1, new - 1)
        while position & 1 == 1 {
            position >>= 1
            last >>= 1
        }
        var (oldPart, newPart) = (first, first)
        for hash in path {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                oldPart = .node(hash, oldPart)
                newPart = .node(hash, newPart)
                while position & 1 == 0, position > 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                newPart = .node(newPart, hash)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && oldPart == oldRoot && newPart == newRoot
    }
}
