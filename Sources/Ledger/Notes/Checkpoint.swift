/// What a log is at a size: the text of a C2SP tlog-checkpoint, without extension lines.
package struct Checkpoint: Sendable, Hashable {
    /// The log's name.
    package var origin: String
    package var size: Int
    package var root: MerkleHash

    /// The origin of a trail that was never signed.
    package static let unsignedOrigin = "report-audit/unsigned"

    package init(origin: String, size: Int, root: MerkleHash) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    package var text: String { "\(origin)\n\(size)\n\(Base64.text(root.bytes))\n" }

    /// nil for anything that is not written as `text` would write it.
    package init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[3].isEmpty, !lines[0].isEmpty, let size = Int(lines[1]), size >= 0,
            let root = Base64.bytes(lines[2]).flatMap({ MerkleHash($0) })
        else { return nil }
        self.init(origin: String(lines[0]), size: size, root: root)
        guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
    }
}

/// A checkpoint with the note that it came in.
package struct SignedCheckpoint: Sendable, Hashable {
    package let checkpoint: Checkpoint
    package let note: SignedNote

    package var size: Int { checkpoint.size }
    package var root: MerkleHash { checkpoint.root }
    package var isSigned: Bool { !note.signatures.isEmpty }

    /// nil for a note that is not a checkpoint's.
    package init?(_ note: SignedNote) {
        guard let checkpoint = Checkpoint(text: note.text) else { return nil }
        self.checkpoint = checkpoint
        self.note = note
    }

    /// nil for bytes that are not a checkpoint in the one form that it has.
    package init?(_ bytes: [UInt8]) {
        guard let note = SignedNote(bytes) else { return nil }
        self.init(note)
    }

    /// - Parameter signer: nil leaves it unsigned.
    package init(_ checkpoint: Checkpoint, signer: SigningKey?) throws(LedgerError) {
        self.checkpoint = checkpoint
        note = try signer?.sign(checkpoint.text) ?? SignedNote(text: checkpoint.text)
    }

    package var bytes: [UInt8] { note.bytes }
}
