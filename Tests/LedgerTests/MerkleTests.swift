import Digests
import Ledger
import Testing

/// The tree of eight leaves of RFC 6962's reference implementation (certificate-transparency, `merkletree_test.cc`), whose
/// hashes other implementations test against as well.
@Suite struct MerkleTests {
    static let leaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57),
        Array(0x60...0x6F),
    ]

    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    private func levels(_ leaves: some Collection<[UInt8]> = Self.leaves) -> MerkleLevels {
        MerkleLevels(leaves.map { .leaf($0) })
    }

    @Test func rootsAreThoseOfTheReference() {
        for size in 0...8 { #expect(levels().tree(of: size).root().hexadecimal == Self.roots[size]) }
    }

    /// (index, size) and path, of the same tests.
    @Test(
        arguments: [
            (0, 1, []),
            (
                0, 8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            ),
            (
                5, 8,
                [
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ]
            ),
            (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
            (
                1, 5,
                [
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            ),
        ] as [(Int, Int, [String])])
    func inclusionProofsAreThoseOfTheReference(index: Int, size: Int, path: [String]) {
        #expect(levels().tree(of: size).inclusionProof(of: index).map(\.hexadecimal) == path)
    }

    /// (old, new) and path, of the same tests.
    @Test(
        arguments: [
            (1, 1, []),
            (
                1, 8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            ),
            (
                6, 8,
                [
                    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ]
            ),
            (
                2, 5,
                [
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            ),
        ] as [(Int, Int, [String])])
    func consistencyProofsAreThoseOfTheReference(old: Int, new: Int, path: [String]) {
        #expect(levels().tree(of: new).consistencyProof(from: old).map(\.hexadecimal) == path)
    }

    /// Every proof of every tree up to 70 leaves holds, and holds nothing else.
    @Test func proofsHoldAndNothingElseDoes() {
        let leaves = (0..<70).map { MerkleHash.leaf([UInt8($0)]) }
        let levels = MerkleLevels(leaves)
        let other = MerkleHash.leaf("other".utf8)
        for size in 1...70 {
            let tree = levels.tree(of: size)
            let root = tree.root()
            for index in 0..<size {
                let path = tree.inclusionProof(of: index)
                func proven(_ index: Int, _ leaf: MerkleHash, _ path: [MerkleHash]) -> Bool {
                    MerkleProof.root(leaf: leaf, index: index, size: size, path: path) == root
                }
                #expect(proven(index, leaves[index], path))
                #expect(!proven(index, other, path))
                #expect(!proven(index, leaves[index], path + [other]))
                if size > 1 {
                    #expect(!proven(index, leaves[index], Array(path.dropLast())))
                    #expect(!proven((index + 1) % size, leaves[index], path))
                }
            }
            for old in 0...size {
                let path = tree.consistencyProof(from: old)
                let oldRoot = levels.tree(of: old).root()
                func consistent(_ oldRoot: MerkleHash, _ root: MerkleHash, _ path: [MerkleHash]) -> Bool {
                    MerkleProof.isConsistent(old: old, root: oldRoot, new: size, root: root, path: path)
                }
                #expect(consistent(oldRoot, root, path))
                #expect(!consistent(other, root, path))
                if old > 0 { #expect(!consistent(oldRoot, other, path)) }
                #expect(!consistent(oldRoot, root, path + [other]))
                if !path.isEmpty { #expect(!consistent(oldRoot, root, Array(path.dropLast()))) }
            }
        }
    }
}
