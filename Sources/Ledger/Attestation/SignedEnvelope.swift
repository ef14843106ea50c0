import Digests
package import Values

/// A payload with signatures over it and over its type: a DSSE v1 envelope, one line of an in-toto bundle.
///
/// Signatures are of the pre-authentication encoding, so that bytes of one type are never taken for another's; the key that
/// signs checkpoints signs these too, for no checkpoint begins like one. Source: `secure-systems-lab/dsse`, `protocol.md`
/// and `envelope.md`.
package struct SignedEnvelope: Sendable, Hashable {
    package struct Signature: Sendable, Hashable {
        /// A hint; who signed is told by the signature alone.
        package var keyID: String
        package var bytes: [UInt8]
    }

    package static let statementType = "application/vnd.in-toto+json"

    package var payload: [UInt8]
    package var payloadType: String
    package var signatures: [Signature]

    /// An in-toto statement, signed.
    package init(_ statement: Value, signer: SigningKey) throws(LedgerError) {
        payload = statement.canonicalBytes
        payloadType = SignedEnvelope.statementType
        signatures = []
        let bytes = try signer.signature(of: encoding)
        signatures = [Signature(keyID: signer.verifyingKey.envelopeKeyID, bytes: bytes)]
    }

    /// What is signed: `DSSEv1`, and the type and the payload each behind its length in bytes.
    package var encoding: [UInt8] {
        Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
    }

    package func isSigned(by key: VerifyingKey) -> Bool {
        let encoding = encoding
        return signatures.contains { key.isSignature($0.bytes, of: encoding) }
    }

    /// The line, with its line feed.
    package var line: [UInt8] {
        let value: Value = [
            "payload": .string(Base64.text(payload)), "payloadType": .string(payloadType),
            "signatures": .list(
                signatures.map { ["keyid": .string($0.keyID), "sig": .string(Base64.text($0.bytes))] }),
        ]
        return value.canonicalBytes + [0x0A]
    }

    /// nil for anything that is not written as `line` would write it.
    package init?(line: [UInt8]) {
        guard line.last == 0x0A, let value = Value(canonicalJSON: line.dropLast()),
            let payload = value["payload"]?.string.flatMap({ Base64.bytes($0) }),
            let type = value["payloadType"]?.string, let list = value["signatures"]?.list
        else { return nil }
        self.payload = payload
        payloadType = type
        signatures = list.compactMap { item in
            guard let keyID = item["keyid"]?.string, let bytes = item["sig"]?.string.flatMap({ Base64.bytes($0) })
            else { return nil }
            return Signature(keyID: keyID, bytes: bytes)
        }
        guard self.line == line else { return nil }
    }
}

extension VerifyingKey {
    /// The name that in-toto, TUF and securesystemslib give the key: the SHA-256 of its canonical JSON.
    package var envelopeKeyID: String {
        let value: Value = [
            "keytype": "ed25519", "scheme": "ed25519", "keyval": ["public": .string(Digests.hexadecimal(publicKey))],
        ]
        return value.digest
    }
}
