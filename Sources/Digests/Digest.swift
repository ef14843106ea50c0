import Crypto
import Foundation
package import Values

/// SHA-256 over bytes that arrive in pieces.
package struct StreamingDigest: Sendable {
    private var state = SHA256()
    package private(set) var byteCount = 0

    package init() {}

    package mutating func update(_ bytes: some Sequence<UInt8>) {
        if bytes.withContiguousStorageIfAvailable({ update(UnsafeRawBufferPointer($0)) }) != nil { return }
        let data = Data(bytes)
        byteCount += data.count
        state.update(data: data)
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        byteCount += bytes.count
        state.update(bufferPointer: bytes)
    }

    /// The digest so far, as 64 lower-case hexadecimal digits.
    package func finalize() -> String {
        hexadecimal(state.finalize())
    }
}

/// Two lower-case hexadecimal digits a byte.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// The SHA-256 of some bytes, as 64 lower-case hexadecimal digits.
package func sha256(_ bytes: some Sequence<UInt8>) -> String {
    var digest = StreamingDigest()
    digest.update(bytes)
    return digest.finalize()
}

extension Value {
    /// The SHA-256 of the value's canonical JSON (RFC 8785).
    package var digest: String { sha256(canonicalBytes) }
}
