package import Ledger
import Values
package import Workspace

/// What lies beside a report so that it can be verified without the trail, and by other people's tools: `NAME.tlog-proof`,
/// that its entry is in the log, and, of a signed trail, `NAME.intoto.jsonl`, how it came to be.
///
/// They come after the entry and are no part of it. Made again of the same entry they say the same, of a larger log maybe.
package struct ReportProofs {
    private let ledger: TransparencyLog
    private let output: OutputFolder
    private let files: any FileSystem
    /// nil where nobody signs.
    private let signer: SigningKey?

    /// - Parameter folder: The output folder, absolute.
    package init(_ ledger: TransparencyLog, output folder: String, signer: SigningKey?, in workspace: WorkspaceContext)
    {
        self.ledger = ledger
        self.signer = signer
        output = OutputFolder(named: folder, workspace: workspace)
        files = workspace.files
    }

    package static func proofPath(of report: String) -> String { report + ".tlog-proof" }
    package static func envelopePath(of report: String) -> String { report + ".intoto.jsonl" }

    /// Writes those of entries that were just appended. An envelope that states something else goes where there is no key
    /// for a new one.
    package func write(_ appended: Range<Int>) throws(LedgerError) {
        guard !appended.isEmpty, let checkpoint = try ledger.checkpoint() else { return }
        // Once for all of them: each reads bundles and tiles of the log.
        let entries = try ledger.entries(appended)
        let tree = try ledger.tree(of: checkpoint.size)
        // Of a report that was removed nothing is left to prove.
        for (index, entry) in zip(appended, entries) where entry.removal == nil {
            try write(TransparencyLog.Numbered(index: index, entry: entry), tree, checkpoint)
        }
    }

    /// Whether a report lacks any, as all do once the output folder was cleaned.
    package func areMissing(of report: String) -> Bool {
        paths(of: report).contains { path in
            // Nothing but a failure of power leaves an empty one.
            files.linkStatus(of: Paths.joined(output.root, path)).map { $0.size == 0 } ?? true
        }
    }

    /// Those that a report is to have.
    private func paths(of report: String) -> [String] {
        [ReportProofs.proofPath(of: report)] + (signer == nil ? [] : [ReportProofs.envelopePath(of: report)])
    }

    /// Writes those of the latest entries of reports, where what lies there is not of them.
    package func complete(_ reports: [String]) throws(LedgerError) {
        guard !reports.isEmpty, let checkpoint = try ledger.checkpoint() else { return }
        let latest = try ledger.latest(reports: reports)
        let tree = try ledger.tree(of: checkpoint.size)
        let outputs = RecordedFiles(in: output.root, files)
        for found in Set(reports).sorted().compactMap({ latest[$0] }) where found.entry.removal == nil {
            let held = ReportProofs.held(of: found, in: outputs).map(\.path)
            if paths(of: found.entry.report).allSatisfy(held.contains) { continue }
            try write(found, tree, checkpoint)
        }
    }

    private func write(
        _ numbered: TransparencyLog.Numbered, _ tree: MerkleTree<LedgerError>, _ checkpoint: SignedCheckpoint
    ) throws(LedgerError) {
        let entry = numbered.entry
        // The leaf, and behind a line feed the lists that were too long for it.
        let lists = entry.lists.map { [0x0A] + Value.object($0).canonicalBytes } ?? []
        let proof = TlogProof(
            extra: entry.leaf + lists, index: numbered.index, path: try tree.inclusionProof(of: numbered.index),
            checkpoint: checkpoint)
        var made = [(path: ReportProofs.proofPath(of: entry.report), bytes: proof.bytes)]
        let envelope = ReportProofs.envelopePath(of: entry.report)
        if let signer {
            made.append((envelope, try SignedEnvelope(ProvenanceStatement.value(of: entry), signer: signer).line))
        }
        do throws(FileError) {
            // They can be made again.
            try output.write(made, name: entry.report, isDurable: false)
            let place = Paths.joined(output.root, envelope)
            if signer == nil, files.linkStatus(of: place)?.kind == .file,
                !ReportProofs.states(envelope, entry, in: RecordedFiles(in: output.root, files))
            {
                try files.remove(place)
            }
        } catch {
            throw .file(error)
        }
    }
}
