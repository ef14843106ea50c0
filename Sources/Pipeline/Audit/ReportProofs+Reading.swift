import Digests
import Ledger
import Values
import Workspace

/// Proofs as they lie beside reports.
extension ReportProofs {
    /// Longer ones are nobody's: the longest leaf with its lists takes less.
    private static let limit = 512 << 20

    /// Those beside a report that are of this entry, by their paths in the output folder.
    static func held(of numbered: TransparencyLog.Numbered, in outputs: RecordedFiles) -> [(
        path: String, bytes: [UInt8]
    )] {
        let entry = numbered.entry
        var held: [(path: String, bytes: [UInt8])] = []
        let proof = proofPath(of: entry.report)
        if let bytes = bytes(proof, in: outputs), let read = TlogProof(bytes), read.index == numbered.index,
            read.leaf == entry.leaf,
            read.holds
        {
            held.append((proof, bytes))
        }
        let envelope = envelopePath(of: entry.report)
        if let bytes = bytes(envelope, in: outputs), states(SignedEnvelope(line: bytes), entry) {
            held.append((envelope, bytes))
        }
        return held
    }

    /// Those beside a report that are of an entry of it, whichever, with their digests.
    static func own(of report: String, in output: OutputFolder) -> [(path: String, sha256: String)] {
        let outputs = RecordedFiles(in: output.root, output.workspace.files)
        guard let proof = bytes(proofPath(of: report), in: outputs), let entry = TlogProof(proof)?.entry,
            entry.report == report
        else { return [] }
        var own = [(path: proofPath(of: report), sha256: sha256(proof))]
        if let envelope = bytes(envelopePath(of: report), in: outputs), states(SignedEnvelope(line: envelope), entry) {
            own.append((envelopePath(of: report), sha256(envelope)))
        }
        return own
    }

    /// Whether an envelope, by whomever it is signed, states how a report came to be.
    private static func states(_ envelope: SignedEnvelope?, _ entry: LedgerEntry) -> Bool {
        envelope?.payloadType == SignedEnvelope.statementType
            && envelope?.payload == ProvenanceStatement.value(of: entry).canonicalBytes
    }

    /// The same of what lies at a path in the output folder.
    static func states(_ path: String, _ entry: LedgerEntry, in outputs: RecordedFiles) -> Bool {
        bytes(path, in: outputs).map { states(SignedEnvelope(line: $0), entry) } ?? false
    }

    /// What is wrong with the proofs beside a report, if any are there: with which file, and what.
    ///
    /// - Parameters:
    ///   - entry: The report's latest entry, of which they must be, and its number.
    ///   - keys: Those whose signatures count; where empty signatures are not looked at.
    ///   - root: The trail's root at a size that it had; nil for one that it never had.
    static func faults(
        of entry: LedgerEntry, number: Int, in outputs: RecordedFiles, keys: [VerifyingKey],
        root: (Int) -> MerkleHash?
    ) -> [(path: String, reason: String)] {
        var faults: [(path: String, reason: String)] = []
        let proof = proofPath(of: entry.report)
        if let bytes = bytes(proof, in: outputs), let reason = fault(TlogProof(bytes), entry, number, keys, root) {
            faults.append((proof, reason))
        }
        let envelope = envelopePath(of: entry.report)
        if let bytes = bytes(envelope, in: outputs),
            let reason = fault(SignedEnvelope(line: bytes), entry, number, keys)
        {
            faults.append((envelope, reason))
        }
        return faults
    }

    private static func fault(
        _ proof: TlogProof?, _ entry: LedgerEntry, _ number: Int, _ keys: [VerifyingKey], _ root: (Int) -> MerkleHash?
    ) -> String? {
        guard let proof else { return "it is not a tlog-proof in the one form that it has" }
        guard proof.index == number, proof.leaf == entry.leaf else {
            return "it is not of entry \(number), the report's latest"
        }
        guard proof.entry == entry, proof.holds else {
            return "its leaf is not entry \(number) of the tree that its checkpoint speaks of"
        }
        let checkpoint = proof.checkpoint.checkpoint
        guard root(checkpoint.size) == checkpoint.root else {
            return "its checkpoint, of \(checkpoint.size) entries, is not of this trail"
        }
        guard !keys.isEmpty, proof.checkpoint.isSigned else { return nil }
        switch proof.checkpoint.note.verdict(of: keys) {
        case .signed: return nil
        case .forged(let key): return "\(key.name) did not sign its checkpoint"
        case .unknown: return "its checkpoint has no signature of a key that is trusted"
        }
    }

    private static func fault(
        _ envelope: SignedEnvelope?, _ entry: LedgerEntry, _ number: Int, _ keys: [VerifyingKey]
    ) -> String? {
        guard let envelope else { return "it is not a DSSE envelope in canonical JSON" }
        guard states(envelope, entry) else {
            return "it does not state what entry \(number), the report's latest, says"
        }
        if keys.isEmpty { return nil }
        guard let key = keys.first(where: { envelope.isSigned(by: $0) }) else {
            return "no key that is trusted signed it"
        }
        // A hint that nothing signs, and others look keys up by it.
        let isNamed = envelope.signatures.contains { $0.keyID == key.envelopeKeyID }
        return isNamed ? nil : "it names another key than the one that signed it"
    }

    private static func bytes(_ path: String, in outputs: RecordedFiles) -> [UInt8]? {
        outputs.path(path).flatMap { try? outputs.files.contents(of: $0, limit: limit) }
    }
}
