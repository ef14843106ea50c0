package import Diagnostics
import Ledger
import Values
import Workspace

extension AuditExport {
    /// Writes a Process Run Crate: the files of entries, as long as they are what was recorded, and what is known of them.
    ///
    /// - Parameters:
    ///   - chosen: Entries and analyses as a person names them; the latest of each report where empty.
    ///   - typed: The crate's folder, which is new or empty.
    ///   - licence: An SPDX identifier, an address, or a sentence; the project's licence file where nil.
    ///   - leavesData: Whether data are told of, but not copied.
    /// - Returns: The metadata's absolute path, and what the crate could not take in.
    package func crate(
        of chosen: [String], to typed: String, licence: String?, leavesData: Bool
    ) throws(Diagnostic) -> (file: String, diagnostics: [Diagnostic]) {
        let (folder, _) = try writeCrate(of: chosen, to: typed, licence: licence, leavesData: leavesData)
        var diagnostics: [Diagnostic] = []
        if !folder.changed.isEmpty {
            diagnostics.append(
                .warning(
                    .changedSinceEntry, "A crate takes in files that are still what its entries recorded", at: nil,
                    notes: folder.changed.map { .init("left out, gone or changed: \($0)") }))
        }
        return (Paths.joined(folder.target, ProcessRunCrate.metadataPath), diagnostics)
    }

    func writeCrate(
        of chosen: [String], to typed: String, licence: String?, leavesData: Bool
    ) throws(Diagnostic) -> (folder: CrateFolder, crate: ProcessRunCrate) {
        let entries = try entries(chosen, onlyLatest: true)
        let target = try target(typed)
        var folder = CrateFolder(
            leavesData: leavesData, project: RecordedFiles(in: trail.project.root, workspace.files),
            outputs: RecordedFiles(in: trail.location.output, workspace.files), outputFolder: outputFolder,
            target: target, files: workspace.files)
        do throws(FileError) {
            var attachments: [ProcessRunCrate.Attachment] = []
            for entry in entries { try folder.add(entry.entry) }
            for entry in entries { attachments += try folder.addProofs(of: entry) }
            let own = try licence == nil ? folder.addLicence() : nil
            if let own { attachments.append(own) }
            let crate = ProcessRunCrate(
                entries: entries, outputFolder: outputFolder, held: folder.held, attachments: attachments,
                origin: checkpoint.origin, licence: licence ?? own?.path)
            // Last, because a folder without it is no crate.
            try folder.write(ProcessRunCrate.metadataPath, Array((crate.metadata.indentedJSON + "\n").utf8))
            return (folder, crate)
        } catch {
            throw .error(
                .unwritableOutput, "The crate cannot be written: \(typed): \(error.reason)", at: nil,
                notes: [.init("what is in the folder is no crate: it has no \(ProcessRunCrate.metadataPath)")])
        }
    }

    /// The folder that a person named, where it is new or empty: what is there already is nobody's to overwrite.
    private func target(_ typed: String) throws(Diagnostic) -> String {
        let folder = Paths.normalised(workspace.absolute(typed))
        guard !Paths.isInside(folder, trail.location.folder) else {
            throw .error(
                .crateTarget, "A crate lies apart from the audit trail, which has no other files in it", at: nil)
        }
        switch workspace.files.linkStatus(of: folder)?.kind {
        case nil: return folder
        case .folder where (try? workspace.files.names(in: folder)) == []: return folder
        default:
            throw .error(
                .crateTarget, "A crate is written into a folder that is new or empty; \(typed) is not", at: nil)
        }
    }
}

extension CrateFolder {
    /// The proofs beside a report that are of this entry, not of another.
    fileprivate func addProofs(
        of entry: TransparencyLog.Numbered
    ) throws(FileError) -> [ProcessRunCrate.Attachment] {
        var added: [ProcessRunCrate.Attachment] = []
        for (path, bytes) in ReportProofs.held(of: entry, in: outputs) {
            let place = outputFolder + "/" + path
            try write(place, bytes)
            added.append(ProcessRunCrate.Attachment(path: place, name: path))
        }
        return added
    }

    /// The project's licence.
    fileprivate func addLicence() throws(FileError) -> ProcessRunCrate.Attachment? {
        for name in ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "LICENCE.md", "LICENCE.txt"] {
            guard held[name] == nil, let path = project.path(name), files.status(of: path)?.kind == .file,
                let bytes = try? files.contents(of: path, limit: 1 << 20)
            else { continue }
            try write(name, bytes)
            return ProcessRunCrate.Attachment(path: name, name: name)
        }
        return nil
    }
}
