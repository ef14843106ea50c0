import Digests
import Ledger
import Workspace

/// The files of a project as a commit has them; where there is no such commit, as they lie there now.
struct PastFiles {
    enum Found {
        case found([UInt8])
        /// Why there are none, in words.
        case none(String)
    }

    private let repository: GitRepository?
    private let committed: [String: GitRepository.File]
    /// Why the commit cannot be read; nil where it is.
    private let fault: String?
    /// All files of the project then, by path: what the entry does not name is there too, for a link may lead to it.
    let contents: [String: SnapshotFileSystem.Content]

    init(_ revision: String?, of project: Project, in workspace: WorkspaceContext) {
        repository = GitRepository(of: project, in: workspace)
        switch PastFiles.list(revision, repository) {
        case .success(let files):
            fault = nil
            committed = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
            var contents: [String: SnapshotFileSystem.Content] = [:]
            for file in files {
                // git knows nothing of what a build writes, unless somebody committed it.
                if PastFiles.isOutput(file.path) { continue }
                if let repository { contents[file.path] = PastFiles.content(file, repository) }
            }
            self.contents = contents
        case .failure(let failure):
            fault = failure.reason
            committed = [:]
            contents = PastFiles.present(in: project, workspace.files)
        }
    }

    private static func list(
        _ revision: String?, _ repository: GitRepository?
    ) -> Result<[GitRepository.File], GitRepository.Failure> {
        guard let revision else { return .failure(.init(reason: "the entry names no commit")) }
        guard let repository else {
            return .failure(.init(reason: "the project is no git repository that can be read here"))
        }
        do throws(GitRepository.Failure) {
            guard try repository.has(revision) else {
                return .failure(
                    .init(
                        reason: "the repository has no commit \(revision); where it is a shallow copy, fetch the rest"))
            }
            return .success(try repository.files(at: revision))
        } catch {
            return .failure(error)
        }
    }

    /// What the commit has under the path and with the digest of a file, or else another commit: who builds first and
    /// commits afterwards has it in the next.
    func bytes(of file: LedgerEntry.File) -> Found {
        guard let repository else { return .none(fault ?? "there is no commit") }
        let found = committed[file.path].flatMap { $0.kind == .file ? $0 : nil }
        if let found, let bytes = bytes(of: found, file, repository) { return .found(bytes) }
        for version in (try? repository.versions(of: file.path)) ?? [] {
            if let bytes = bytes(of: version, file, repository) { return .found(bytes) }
        }
        if let fault { return .none(fault) }
        return .none(found == nil ? "the commit does not have it" : "the commit has another")
    }

    private func bytes(
        of version: GitRepository.File, _ file: LedgerEntry.File, _ repository: GitRepository
    ) -> [UInt8]? {
        guard version.size ?? file.bytes == file.bytes, let bytes = try? repository.contents(of: version),
            sha256(bytes) == file.sha256
        else { return nil }
        return bytes
    }

    private static func content(
        _ file: GitRepository.File, _ repository: GitRepository
    ) -> SnapshotFileSystem.Content? {
        @Sendable func fetch() throws(FileError) -> [UInt8] {
            do throws(GitRepository.Failure) {
                return try repository.contents(of: file)
            } catch {
                throw FileError(path: file.path, reason: error.reason)
            }
        }
        switch file.kind {
        case .file: return .stored(size: file.size ?? 0, fetch)
        case .link: return (try? fetch()).map { .link(String(decoding: $0, as: UTF8.self)) }
        case .submodule: return nil
        }
    }

    /// Data of today has no place in a build of then: a pattern would find it. What the entry names is added to these.
    private static let dataFormats: Set = ["csv", "tsv", "jsonl", "ndjson", "json", "parquet", "gz"]

    private static func present(in project: Project, _ files: any FileSystem) -> [String: SnapshotFileSystem.Content] {
        var contents: [String: SnapshotFileSystem.Content] = [:]
        var pending = [project.root]
        while let folder = pending.popLast() {
            for name in (try? files.names(in: folder)) ?? [] where !name.hasPrefix(".") {
                let path = Paths.joined(folder, name)
                let shown = project.shown(path)
                guard !isOutput(shown), let status = files.linkStatus(of: path) else { continue }
                switch status.kind {
                case .folder: pending.append(path)
                case .file where !dataFormats.contains(Paths.pathExtension(of: name)):
                    contents[shown] = .file(path, size: status.size)
                default: break
                }
            }
        }
        return contents
    }

    private static func isOutput(_ path: String) -> Bool {
        ["output/", ".report/"].contains { (path + "/").hasPrefix($0) }
    }
}
