/// That a leaf is in a log, for whoever has the log's key and not the log (C2SP tlog-proof).
///
/// `extra` carries the leaf's bytes, behind which a line feed and lists may stand that were too long for it
/// (`LedgerEntry.lists`): the leaf is canonical JSON and holds no line feed.
package struct TlogProof: Sendable, Hashable {
    package var extra: [UInt8]?
    package var index: Int
    /// From the leaf's sibling up to the root's child.
    package var path: [MerkleHash]
    package var checkpoint: SignedCheckpoint

    package init(extra: [UInt8]?, index: Int, path: [MerkleHash], checkpoint: SignedCheckpoint) {
        self.extra = extra
        self.index = index
        self.path = path
        self.checkpoint = checkpoint
    }

    private static let heading = "c2sp.org/tlog-proof@v1"

    package var bytes: [UInt8] {
        var lines = [Self.heading]
        if let extra { lines.append("extra " + Base64.text(extra)) }
        lines.append("index \(index)")
        lines += path.map { Base64.text($0.bytes) }
        return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint.bytes
    }

    /// nil for anything that is not written as `bytes` would write it.
    package init?(_ bytes: [UInt8]) {
        guard
            let blank = bytes.indices.dropLast().first(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }),
            let head = String(validating: bytes[..<blank], as: UTF8.self),
            let checkpoint = SignedCheckpoint(Array(bytes[(blank + 2)...]))
        else { return nil }
        var lines = head.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst() == Self.heading[...] else { return nil }
        if let line = lines.first, line.hasPrefix("extra ") {
            guard let extra = Base64.bytes(line.dropFirst("extra ".count)) else { return nil }
            self.extra = extra
            lines.removeFirst()
        }
        guard let line = lines.popFirst(), line.hasPrefix("index "), let index = Int(line.dropFirst("index ".count)),
            index >= 0, lines.count <= 64
        else { return nil }
        let path = lines.compactMap { Base64.bytes($0).flatMap { MerkleHash($0) } }
        guard path.count == lines.count else { return nil }
        self.index = index
        self.path = path
        self.checkpoint = checkpoint
        guard self.bytes == bytes else { return nil }
    }

    /// Whether the leaf that `extra` carries is the log's at the index, by the checkpoint that came with it.
    package var holds: Bool {
        guard let leaf else { return false }
        return MerkleProof.root(leaf: .leaf(leaf), index: index, size: checkpoint.size, path: path) == checkpoint.root
    }

    /// The leaf's bytes.
    package var leaf: [UInt8]? { extra.map { Array($0.prefix { $0 != 0x0A }) } }

    /// The entry; nil where `extra` holds none.
    package var entry: LedgerEntry? {
        guard let extra, let leaf else { return nil }
        return LedgerEntry(leaf: leaf, lists: extra.count > leaf.count ? Array(extra[(leaf.count + 1)...]) : nil)
    }
}
