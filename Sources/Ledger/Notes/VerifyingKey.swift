import Crypto
import Foundation

/// An Ed25519 key that checks signatures of notes, as its text `NAME+8f1c…+AU…` (C2SP signed-note's vkey).
package struct VerifyingKey: Sendable, Hashable, CustomStringConvertible {
    /// The algorithm's byte in texts of keys.
    static let ed25519: UInt8 = 0x01

    package let name: String
    /// The 32 bytes of the public key.
    package let publicKey: [UInt8]

    /// nil unless the name may be a key's and the bytes are a public key's.
    package init?(name: String, publicKey: [UInt8]) {
        guard KeyName.isValid(name), (try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)) != nil else {
            return nil
        }
        self.name = name
        self.publicKey = publicKey
    }

    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key).
    package var id: UInt32 {
        let digest = SHA256.hash(data: Data(Array(name.utf8) + [0x0A, Self.ed25519] + publicKey))
        return digest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    package var description: String { "\(name)+\(hexadecimal(id))+\(Base64.text([Self.ed25519] + publicKey))" }

    /// nil for what is not an Ed25519 key's text, or does not have the number that follows from name and key.
    package init?(_ text: some StringProtocol) {
        guard let (name, id, key) = KeyText.parts(text), let read = VerifyingKey(name: name, publicKey: key),
            read.id == id
        else { return nil }
        self = read
    }

    package func isSignature(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(Data(signature), for: Data(text))
    }
}

/// What texts of both kinds of keys have in common: `NAME+NUMBER+KEY`.
enum KeyText {
    static func parts(_ text: some StringProtocol) -> (name: String, id: UInt32, key: [UInt8])? {
        // The key itself may hold plus signs, as base 64 does.
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, KeyName.isValid(parts[0]), let id = UInt32(parts[1], radix: 16),
            hexadecimal(id) == parts[1], let key = Base64.bytes(parts[2]), key.count == 33,
            key[0] == VerifyingKey.ed25519
        else { return nil }
        return (String(parts[0]), id, Array(key[1...]))
    }
}

/// Eight digits.
func hexadecimal(_ id: UInt32) -> String {
    let digits = String(id, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}
