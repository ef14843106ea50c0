package import Diagnostics
package import Ledger
package import Workspace

/// What a person asks of `report audit verify`, all as typed.
package struct VerifyRequest {
    /// Keys as texts, or files that hold one each.
    package var keys: [String] = []
    /// Files of earlier checkpoints.
    package var checkpoints: [String] = []

    package init() {}

    /// Verifies the trail of a project, its reports and the pages of their histories.
    package func verify(
        _ trail: AuditTrail, in workspace: WorkspaceContext
    ) -> (text: String?, diagnostics: [Diagnostic]) {
        let pages = HistoryPages(trail.ledger, in: trail.location, workspace)
        return verify(trail: trail.location.folder, output: trail.location.output, in: workspace) { histories in
            try pages.all(histories)
        }
    }

    /// Verifies a copy of a trail, absolute, and such pages of histories as lie in it.
    package func verify(
        copy folder: String, in workspace: WorkspaceContext
    ) -> (text: String?, diagnostics: [Diagnostic]) {
        let copy = TransparencyLog(at: folder, files: workspace.files)
        return verify(trail: folder, output: nil, in: workspace) { try HistoryPages.copied($0, in: copy) }
    }

    /// Verifies a trail and the reports of an output folder.
    /// - Parameters:
    ///   - trail: The trail's folder, absolute.
    ///   - output: The output folder, absolute; nil where there are only copies of the trail.
    ///   - derived: What is made from the trail.
    package func verify(
        trail: String, output: String?, in workspace: WorkspaceContext,
        derived: (([(report: String, entries: [ReportHistory.Entry])]) throws -> [TrailVerification.Derived])? = nil
    ) -> (text: String?, diagnostics: [Diagnostic]) {
        var faults: [Diagnostic] = []
        var verification = TrailVerification(of: TransparencyLog(at: trail, files: workspace.files))
        verification.output = output
        verification.derived = derived
        verification.keys = trusted(in: workspace, &faults)
        verification.checkpoints = earlier(in: workspace, &faults)
        let working = workspace.workingFolder
        let shown: @Sendable (String) -> String = { Paths.relative(Paths.normalised($0), to: working) }
        verification.shown = shown
        guard faults.isEmpty else { return (nil, faults) }
        let outcome = verification.run()
        let heading = TrailText.text(outcome, folder: shown(trail))
        guard !outcome.diagnostics.hasErrors else { return (heading + ": not as it was written.", outcome.diagnostics) }
        let signature = TrailText.signature(outcome.signers, names: outcome.names)
        return (heading + ": all as it was written.\n" + signature, outcome.diagnostics)
    }

    /// Verifies one file by a proof.
    package func verify(
        _ file: String, proof: String, in workspace: WorkspaceContext
    ) -> (text: String?, diagnostics: [Diagnostic]) {
        var faults: [Diagnostic] = []
        let keys = trusted(in: workspace, &faults)
        guard faults.isEmpty else { return (nil, faults) }
        return ProofVerification(file: file, proof: proof, keys: keys).run(in: workspace)
    }

    private func trusted(in workspace: WorkspaceContext, _ faults: inout [Diagnostic]) -> [VerifyingKey] {
        var read: [VerifyingKey] = []
        for text in keys {
            if let key = VerifyingKey(text) {
                read.append(key)
            } else if let bytes = try? workspace.files.contents(of: workspace.absolute(text), limit: 1 << 12),
                let key = VerifyingKey(
                    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).first ?? "")
            {
                read.append(key)
            } else {
                faults.append(
                    .error(
                        .unreadableKey,
                        "A key to trust is NAME+NUMBER+KEY, or a file that holds it; '\(text)' is neither",
                        at: nil, notes: [.init("report audit keygen prints it; the secret begins with PRIVATE+KEY+")]))
            }
        }
        return read
    }

    private func earlier(
        in workspace: WorkspaceContext, _ faults: inout [Diagnostic]
    ) -> [(path: String, checkpoint: SignedCheckpoint)] {
        checkpoints.compactMap { path in
            let bytes = try? workspace.files.contents(
                of: workspace.absolute(path), limit: TransparencyLog.checkpointLimit)
            // The three lines alone, as the page of a history has them, are a note without its blank line.
            let read = bytes.flatMap { SignedCheckpoint($0) ?? SignedCheckpoint($0 + [0x0A]) }
            if let checkpoint = read { return (path, checkpoint) }
            let message = bytes == nil ? "the checkpoint cannot be read" : "it is not a checkpoint"
            faults.append(.trail(.badCheckpoint, path, message))
            return nil
        }
    }
}

extension DiagnosticCode {
    package static let unreadableKey = DiagnosticCode(803, "unreadable-key")
}
