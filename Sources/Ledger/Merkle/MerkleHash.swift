import Crypto
import Digests
import Foundation

/// A SHA-256, as a tree of hashes is made of them: 32 bytes.
package struct MerkleHash: Sendable, Hashable {
    private var words: SIMD4<UInt64>

    /// nil unless there are 32 bytes.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        var words = SIMD4<UInt64>()
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.words = words
    }

    /// The digest of some bytes behind others.
    fileprivate init(_ prefix: UInt8, _ pieces: UnsafeRawBufferPointer...) {
        var digest = SHA256()
        withUnsafeBytes(of: prefix) { digest.update(bufferPointer: $0) }
        for piece in pieces { digest.update(bufferPointer: piece) }
        words = digest.finalize().withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// As 64 lower-case hexadecimal digits.
    package var hexadecimal: String { Digests.hexadecimal(bytes) }

    /// RFC 6962, 2.1: the hash of a leaf is SHA-256(0x00 ‖ leaf).
    package static func leaf(_ bytes: some Sequence<UInt8>) -> MerkleHash {
        bytes.withContiguousStorageIfAvailable { MerkleHash(0x00, UnsafeRawBufferPointer($0)) }
            ?? Array(bytes).withUnsafeBytes { MerkleHash(0x00, $0) }
    }

    /// RFC 6962, 2.1: the hash of a node is SHA-256(0x01 ‖ left ‖ right).
    package static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        withUnsafeBytes(of: left.words) { left in
            withUnsafeBytes(of: right.words) { right in MerkleHash(0x01, left, right) }
        }
    }

    /// The root of a tree without leaves: SHA-256 of nothing.
    package static let empty: MerkleHash = {
        let words = SHA256.hash(data: Data()).withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
        return MerkleHash(words: words)
    }()

    private init(words: SIMD4<UInt64>) { self.words = words }
}
