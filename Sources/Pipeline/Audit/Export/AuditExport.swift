package import Diagnostics
import Ledger
import Values
package import Workspace

/// `report audit export`: entries of a trail in the forms of tools that know nothing of it.
package struct AuditExport {
    let trail: AuditTrail
    let workspace: WorkspaceContext
    let checkpoint: Checkpoint

    package init(of trail: AuditTrail, in workspace: WorkspaceContext) throws(Diagnostic) {
        self.trail = trail
        self.workspace = workspace
        let found = try trail.reading { ledger throws(LedgerError) in try ledger.checkpoint() }
        guard let found, found.size > 0 else {
            throw .error(
                .unknownEntry,
                "An export is of entries, and there are none in \(trail.project.shown(trail.location.folder))", at: nil,
                notes: [.init("report build makes an entry of each report that it builds")])
        }
        checkpoint = found.checkpoint
    }

    /// Entries as OpenLineage run events, a line each.
    ///
    /// - Parameter chosen: Entries and analyses as a person names them; all entries where empty.
    package func lineage(of chosen: [String]) throws(Diagnostic) -> String {
        let events = LineageEvents(origin: checkpoint.origin, outputFolder: outputFolder)
        var text = ""
        for entry in try entries(chosen, onlyLatest: false) {
            let ended = try trail.reading { ledger throws(LedgerError) in
                entry.entry.removal == nil
                    ? nil : entry.entry.lastBuild(before: entry.index) { try? ledger.entry($0) }
            }
            for event in events.values(of: entry, ending: ended) { text += event.canonicalJSON + "\n" }
        }
        return text
    }

    /// Writes them to a file, over what it held. Returns its absolute path.
    package func writeLineage(of chosen: [String], to typed: String) throws(Diagnostic) -> String {
        let text = try lineage(of: chosen)
        let path = Paths.normalised(workspace.absolute(typed))
        do throws(FileError) {
            try workspace.files.replace([FileContent(path: path, bytes: Array(text.utf8))])
        } catch {
            throw .error(.unwritableOutput, "The events cannot be written: \(typed): \(error.reason)", at: nil)
        }
        return path
    }

    /// The output folder's path in exports: that from the project, or else `output`.
    var outputFolder: String {
        let (folder, root) = (trail.location.output, trail.project.root)
        return Paths.isInside(folder, root) && folder != root ? Paths.relative(folder, to: root) : "output"
    }

    /// The entries that a person means, in order: by number, or by analysis or report, of which those of all its entries.
    ///
    /// - Parameter onlyLatest: Whether an analysis stands for the latest entry of each of its reports, but for those that were
    ///   removed: they have no files.
    func entries(_ chosen: [String], onlyLatest: Bool) throws(Diagnostic) -> [TransparencyLog.Numbered] {
        let entries = try trail.reading { ledger throws(LedgerError) in try ledger.entries(0..<checkpoint.size) }
        var latest: [String: Int] = [:]
        for (number, entry) in entries.enumerated() { latest[entry.report] = number }
        func candidates(_ isMeant: (LedgerEntry) -> Bool) -> [Int] {
            entries.indices.filter { number in
                let entry = entries[number]
                return isMeant(entry) && (!onlyLatest || latest[entry.report] == number && entry.removal == nil)
            }
        }
        var found = Set(chosen.isEmpty ? candidates { _ in true } : [])
        for word in chosen {
            let path = workspace.existingPath(word).flatMap { workspace.files.realPath(of: $0) }
            let analysis = path.map(trail.project.shown)
            let own = candidates { $0.report == word || $0.analysis == word || $0.analysis == analysis }
            found.formUnion(own.isEmpty ? [try trail.number(word)] : own)
        }
        if onlyLatest,
            let number = found.sorted().first(where: { entries.indices.contains($0) && entries[$0].removal != nil })
        {
            throw trail.endedReport(entries[number], number)
        }
        // One that another build appended meanwhile is of the next export.
        return found.sorted().filter(entries.indices.contains).map {
            TransparencyLog.Numbered(index: $0, entry: entries[$0])
        }
    }
}

extension DiagnosticCode {
    package static let crateTarget = DiagnosticCode(841, "crate-target")
    package static let changedSinceEntry = DiagnosticCode(842, "changed-since-entry")
}
