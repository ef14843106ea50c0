import Ledger

/// What is said of a trail that was verified, in sentences.
enum TrailText {
    static func text(_ outcome: TrailVerification.Outcome, folder: String) -> String {
        let count = outcome.size == 1 ? "1 entry" : "\(outcome.size) entries"
        var text = "\(folder): \(count)"
        if let outputs = outcome.outputs {
            text += ", \(outputs == 1 ? "1 file" : "\(outputs) files") of their reports"
        }
        if outcome.checkpoints > 0 {
            text += ", \(outcome.checkpoints) earlier checkpoint\(outcome.checkpoints == 1 ? "" : "s")"
        }
        return text
    }

    /// Who answers for a checkpoint.
    static func signature(_ signers: [VerifyingKey], _ checkpoint: SignedCheckpoint) -> String {
        signature(signers, names: checkpoint.note.signatures.map(\.name))
    }

    static func signature(_ signers: [VerifyingKey], names: [String]) -> String {
        if !signers.isEmpty { return "Signed by \(signers.map(\.description).joined(separator: ", "))." }
        if names.isEmpty { return "Not signed: whoever can write it can write another." }
        return
            "Signed in the name of \(names.joined(separator: ", ")), which was not checked: --key gives a key to trust."
    }
}
