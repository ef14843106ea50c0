import Diagnostics
import Ledger
import Workspace

/// The files of reports that are ended.
extension ReportRemoval {
    /// Removes the files that the last build of a report wrote, and its proofs.
    ///
    /// - Parameter others: Files that reports have which stay, by their paths in the output folder.
    func remove(_ build: LedgerEntry, sparing others: Set<String>, _ outcome: inout Outcome) {
        let output = OutputFolder(named: trail.location.output, workspace: workspace)
        let proofs = ReportProofs.own(of: build.report, in: output)
        let files = build.files.map { (path: $0.path, sha256: $0.sha256) }
        for file in files + proofs where !others.contains(file.path) && RecordedFiles.isPlain(file.path) {
            let path = Paths.joined(output.root, file.path)
            // A trail may be a stranger's, and its entries may name the trail itself.
            if Paths.isInside(path, trail.location.folder) { continue }
            let shown = Paths.relative(path, to: workspace.workingFolder)
            switch output.remove(file.path, sha256: file.sha256) {
            case .removed: outcome.removed.append(shown)
            case .isOther:
                // One that is gone has gone before.
                guard workspace.files.linkStatus(of: path) != nil else { continue }
                outcome.diagnostics.append(
                    .trail(
                        .leftReport, shown, "it is not what was recorded, and stays", severity: .warning,
                        notes: ["remove it by hand, or keep it elsewhere"]))
            case .failed:
                outcome.diagnostics.append(
                    .trail(.leftReport, shown, "it could not be removed", severity: .warning))
            }
        }
        let source = Paths.joined(trail.project.root, build.analysis)
        if RecordedFiles.isPlain(build.analysis), workspace.files.status(of: source)?.kind == .file {
            let name = trail.project.outputName(of: source)
            guard build.report == name else { return }
            outcome.diagnostics.append(
                .warning(
                    .leftReport, "\(build.analysis) is still there, and its next build makes the report again", at: nil)
            )
        }
    }
}
