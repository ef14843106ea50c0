/// All perfect subtrees over leaves in memory, level by level.
package struct MerkleLevels: Sendable {
    /// Of level l, the hashes of 2^l leaves each that are there in full.
    private var levels: [[MerkleHash]]

    package init(_ leaves: [MerkleHash]) {
        levels = [leaves]
        while let last = levels.last, last.count > 1 {
            levels.append((0..<last.count / 2).map { .node(last[2 * $0], last[2 * $0 + 1]) })
        }
    }

    package var size: Int { levels[0].count }

    package func node(level: Int, index: Int) -> MerkleHash { levels[level][index] }

    /// The tree of the first leaves; of all where no size is given.
    package func tree(of size: Int? = nil) -> MerkleTree<Never> {
        MerkleTree(size: min(size ?? self.size, self.size)) { (level, index) throws(Never) in
            node(level: level, index: index)
        }
    }

    /// The hashes of a level with some numbers, those of them that are there.
    package func hashes(level: Int, _ range: Range<Int>) -> ArraySlice<MerkleHash> {
        level < levels.count ? levels[level][range.clamped(to: 0..<levels[level].count)] : []
    }
}
