import Crypto
import Digests
import Foundation

/// An Ed25519 key that signs notes, as its text `PRIVATE+KEY+NAME+8f1c…+AX…`, which Go's note package writes as well.
package struct SigningKey: Sendable {
    package let verifyingKey: VerifyingKey
    private let key: Curve25519.Signing.PrivateKey

    package var name: String { verifyingKey.name }

    /// A new key; nil where the name cannot be a key's.
    package static func generate(name: String) -> SigningKey? {
        SigningKey(name: name, Curve25519.Signing.PrivateKey())
    }

    /// A new key whose name follows from it, for those who need no name of their own: no two trails have the same.
    package static func generate() -> SigningKey? {
        let key = Curve25519.Signing.PrivateKey()
        let digest = SHA256.hash(data: key.publicKey.rawRepresentation)
        return SigningKey(name: "report-audit/" + Digests.hexadecimal(digest.prefix(8)), key)
    }

    private init?(name: String, _ key: Curve25519.Signing.PrivateKey) {
        guard let verifyingKey = VerifyingKey(name: name, publicKey: Array(key.publicKey.rawRepresentation)) else {
            return nil
        }
        self.verifyingKey = verifyingKey
        self.key = key
    }

    private static let prefix = "PRIVATE+KEY+"

    /// The secret itself.
    package var text: String {
        Self.prefix + "\(name)+\(hexadecimal(verifyingKey.id))+"
            + Base64.text([VerifyingKey.ed25519] + key.rawRepresentation)
    }

    /// nil for what is not an Ed25519 key's text; white space around it is passed over.
    package init?(_ text: some StringProtocol) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.hasPrefix(Self.prefix), let (name, id, seed) = KeyText.parts(text.dropFirst(Self.prefix.count)),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let read = SigningKey(name: name, key),
            read.verifyingKey.id == id
        else { return nil }
        self = read
    }

    /// The 64 bytes of a signature of anything else than a note, such as an envelope.
    package func signature(of bytes: [UInt8]) throws(LedgerError) -> [UInt8] {
        guard let signature = try? key.signature(for: Data(bytes)) else { throw .unsignable(key: name) }
        return Array(signature)
    }

    package func sign(_ text: String) throws(LedgerError) -> SignedNote {
        let signature = try signature(of: Array(text.utf8))
        return SignedNote(text: text, signatures: [.init(name: name, keyID: verifyingKey.id, bytes: signature)])
    }
}
