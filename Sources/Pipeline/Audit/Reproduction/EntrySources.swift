package import Diagnostics
import Digests
import Ledger
import Workspace

/// What an entry's build read, found again: in the commit that it names, or in the project where a file still is what it
/// was. Every file has the entry's digest or is not taken.
struct EntrySources {
    /// Where a file was found.
    enum Origin: Sendable {
        case commit
        case project
    }

    let files: SnapshotFileSystem
    /// How many files came from the commit, and from the project.
    let counts: (commit: Int, project: Int)
    let hasTemplates: Bool

    /// Everything that the entry names, or a diagnostic for each file that is nowhere to be found.
    static func find(
        _ entry: LedgerEntry, of project: Project, in workspace: WorkspaceContext
    ) throws(EntrySourceFaults) -> EntrySources {
        let past = PastFiles(entry.commit?.revision, of: project, in: workspace)
        var contents = past.contents
        var faults: [Diagnostic] = []
        var counts = (commit: 0, project: 0)
        let needed = [entry.source] + entry.includes + entry.data
        for file in needed {
            switch find(file, past, project, workspace) {
            case .success(let (content, origin)):
                contents[file.path] = content
                if origin == .commit { counts.commit += 1 } else { counts.project += 1 }
            case .failure(let fault): faults.append(fault)
            }
        }
        guard faults.isEmpty else { throw EntrySourceFaults(diagnostics: faults) }
        // Templates that were not used then are not used now.
        let hasTemplates = entry.includes.contains { $0.path.hasPrefix("Templates/") }
        if !hasTemplates { for path in contents.keys where path.hasPrefix("Templates/") { contents[path] = nil } }
        return EntrySources(
            files: SnapshotFileSystem(of: project.root, contents, over: workspace.files), counts: counts,
            hasTemplates: hasTemplates)
    }

    private static func find(
        _ file: LedgerEntry.File, _ past: PastFiles, _ project: Project, _ workspace: WorkspaceContext
    ) -> Result<(SnapshotFileSystem.Content, Origin), Diagnostic> {
        // A trail is a stranger's too: its paths lead nowhere but into the project.
        let path = Paths.joined(project.root, file.path)
        guard !file.path.hasPrefix("/"), Paths.normalised(path) == path else {
            return .failure(missing(file, [.init("the path leads outside the project")]))
        }
        var notes: [Diagnostic.Note] = []
        switch past.bytes(of: file) {
        case .found(let bytes): return .success((.bytes(bytes), .commit))
        case .none(let note): notes.append(.init(note))
        }
        let files = workspace.files
        guard let real = files.realPath(of: path), Paths.isInside(real, project.root),
            let status = files.status(of: real), status.kind == .file
        else {
            notes.append(.init("it is not in the project"))
            return .failure(missing(file, notes))
        }
        let digest = try? files.digest(of: real)
        guard digest == file.sha256 else {
            notes.append(
                .init(digest.map { "in the project it is another now, with SHA-256 \($0)" } ?? "it cannot be read"))
            return .failure(missing(file, notes))
        }
        return .success((.file(real, size: status.size), .project))
    }

    private static func missing(_ file: LedgerEntry.File, _ notes: [Diagnostic.Note]) -> Diagnostic {
        .error(
            .lostSource, "A build is made again from the files that it read, and \(file.path) is not to be found",
            at: nil,
            notes: [.init("needed: \(file.bytes) bytes with SHA-256 \(file.sha256)")] + notes)
    }
}

/// The files of an entry that are nowhere to be found.
struct EntrySourceFaults: Error {
    var diagnostics: [Diagnostic]
}

extension FileSystem {
    /// The SHA-256 of a file, read a piece at a time.
    func digest(of path: String) throws(FileError) -> String {
        let source = try open(path)
        var digest = StreamingDigest()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { piece.deallocate() }
        while case let count = try source.read(into: piece), count > 0 {
            digest.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
        return digest.finalize()
    }
}

extension DiagnosticCode {
    package static let lostSource = DiagnosticCode(860, "lost-source")
}
