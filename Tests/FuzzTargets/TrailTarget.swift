import Ledger
import Values

extension FuzzTarget {
    /// Files of an audit trail and proofs beside reports: what is read is written again as it was, byte by byte.
    static let trail = FuzzTarget(
        name: "trail",
        seeds: [
            // C2SP signed-note and tlog-proof, an entry in place of the example's data.
            """
            example.com/trail
            1
            KcT4iKYF1UO1GncREdMYc6XT4uc0ODmfWgoDOCDuP6M=

            — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

            """,
            """
            c2sp.org/tlog-proof@v1
            extra eyJhIjoxfQ==
            index 0

            example.com/trail
            1
            KcT4iKYF1UO1GncREdMYc6XT4uc0ODmfWgoDOCDuP6M=


            """,
            "{\"payload\":\"aGVsbG8=\",\"payloadType\":\"a/b\",\"signatures\":[{\"keyid\":\"k\",\"sig\":\"AAAA\"}]}\n",
            "{\"a\":[1,-0.5,1e+21,\"\\u001f\\\"\\\\\"],\"b\":{\"c\":null,\"d\":true}}",
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        ],
        words: ["extra ", "index ", "\n\n", "— ", "\"payload\":", "\"signatures\":[", "==", "\\u00", "e+21"]
    ) { bytes in
        if let note = SignedNote(bytes) { try expect(note.bytes == bytes, "a note is written as it was read") }
        if let point = SignedCheckpoint(bytes) { try expect(point.bytes == bytes, "so is a checkpoint") }
        if let proof = TlogProof(bytes) {
            try expect(proof.bytes == bytes, "so is a proof")
            // What a proof carries may be anything.
            _ = (proof.holds, proof.entry)
        }
        if let envelope = SignedEnvelope(line: bytes) { try expect(envelope.line == bytes, "so is an envelope") }
        if let value = Value(canonicalJSON: bytes) {
            try expect(value.canonicalBytes == bytes, "so is canonical JSON")
            if let entry = LedgerEntry(value) { try expect(entry.leaf == bytes, "so is an entry") }
            if let record = EntryRecord(value) { try expect(record.value.canonicalBytes == bytes, "so is a record") }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if let key = VerifyingKey(text) { try expect(key.description == text, "so is a key") }
    }
}
