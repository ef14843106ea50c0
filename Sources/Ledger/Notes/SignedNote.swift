/// A text with signatures below it (C2SP signed-note).
///
/// The text ends in a line feed; a blank line follows, then a line for each signature. Without any signature it is a note
/// that nobody answers for, which the format does not know and the trail of a project without a key has.
package struct SignedNote: Sendable, Hashable {
    package struct Signature: Sendable, Hashable {
        /// The key's name.
        package var name: String
        package var keyID: UInt32
        /// What the key's algorithm made of the text.
        package var bytes: [UInt8]

        package init(name: String, keyID: UInt32, bytes: [UInt8]) {
            self.name = name
            self.keyID = keyID
            self.bytes = bytes
        }

        fileprivate var line: String {
            let id = withUnsafeBytes(of: keyID.bigEndian) { Array($0) }
            return "— \(name) \(Base64.text(id + bytes))\n"
        }

        fileprivate init?(line: Substring) {
            let parts = line.split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0] == "—", KeyName.isValid(parts[1]), let bytes = Base64.bytes(parts[2]),
                bytes.count > 4
            else { return nil }
            name = String(parts[1])
            keyID = bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
            self.bytes = Array(bytes[4...])
        }
    }

    /// More are not read: a note that needs them is somebody's attempt to keep a verifier busy.
    private static let signatureLimit = 64

    package var text: String
    package var signatures: [Signature]

    /// - Parameter text: Ends in a line feed.
    package init(text: String, signatures: [Signature] = []) {
        self.text = text
        self.signatures = signatures
    }

    package var bytes: [UInt8] { Array((text + "\n" + signatures.map(\.line).joined()).utf8) }

    /// nil for anything that is not written as `bytes` would write it.
    package init?(_ bytes: [UInt8]) {
        // Line by line as bytes: to Swift's characters CR LF is one, and a mark may join a line feed's neighbour.
        guard bytes.last == 0x0A, bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }),
            let blank = bytes.indices.dropLast().last(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }),
            let text = String(validating: bytes[...blank], as: UTF8.self)
        else { return nil }
        self.text = text
        signatures = []
        for line in bytes[(blank + 2)...].split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            guard signatures.count < Self.signatureLimit, let line = String(validating: line, as: UTF8.self),
                let signature = Signature(line: line[...])
            else { return nil }
            signatures.append(signature)
        }
        guard self.bytes == bytes else { return nil }
    }

    /// What known keys say of a note.
    package enum Verdict: Sendable, Hashable {
        /// Those whose signature is right, at least one.
        case signed(by: [VerifyingKey])
        /// A known key's name and number stand over what it never signed: the note is worth nothing.
        case forged(VerifyingKey)
        /// No signature is of a known key.
        case unknown
    }

    package func verdict(of keys: [VerifyingKey]) -> Verdict {
        var signers: [VerifyingKey] = []
        for signature in signatures {
            guard let key = keys.first(where: { $0.name == signature.name && $0.id == signature.keyID }) else {
                continue
            }
            guard key.isSignature(signature.bytes, of: Array(text.utf8)) else { return .forged(key) }
            if !signers.contains(key) { signers.append(key) }
        }
        return signers.isEmpty ? .unknown : .signed(by: signers)
    }
}

/// The names of keys: without white space and plus signs, which part the texts they stand in.
package enum KeyName {
    package static func isValid(_ name: some StringProtocol) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 && $0.value != 0x7F
            }
    }
}
