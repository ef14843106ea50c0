import Crypto
import Foundation

/// HMAC-SHA256 of some bytes under a key, 32 bytes.
package func authenticationCode(of bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Data(bytes), using: SymmetricKey(data: key)))
}

/// Whether a code is the bytes' own under the key; takes the same time wherever it differs.
package func isAuthentic(_ code: [UInt8], of bytes: [UInt8], key: [UInt8]) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(Data(code), authenticating: Data(bytes), using: SymmetricKey(data: key))
}

/// Random bytes from the system, for a key.
package func randomKey(count: Int = 32) -> [UInt8] {
    SymmetricKey(size: SymmetricKeySize(bitCount: 8 * count)).withUnsafeBytes { Array($0) }
}
