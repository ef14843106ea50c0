import Diagnostics
import Digests
import Workspace

/// A folder that reports are written to, and nothing but it: no symbolic link below it is followed.
struct OutputFolder {
    let root: String
    let workspace: WorkspaceContext

    /// `output` or `.report/failed` of a project. A cloned project may hold a link by that name which leads elsewhere,
    /// so the folder must really lie where it seems to.
    init(in project: Project, _ name: String, workspace: WorkspaceContext) throws(FileError) {
        var path = project.root
        for part in name.split(separator: "/") {
            path = Paths.joined(path, String(part))
            try OutputFolder.requireFolder(path, workspace)
        }
        root = path
        self.workspace = workspace
    }

    /// A folder that the user named.
    init(named path: String, workspace: WorkspaceContext) {
        root = workspace.files.realPath(of: path) ?? Paths.normalised(path)
        self.workspace = workspace
    }

    /// The path of a folder in this one, which no symbolic link may be.
    func folder(_ name: String) throws(FileError) -> String {
        let path = Paths.joined(root, name)
        try OutputFolder.requireFolder(path, workspace)
        return path
    }

    /// Writes the files of one report, all or none, and removes figures of an earlier one that are no more.
    ///
    /// A file that already reads the same is left alone.
    func write(
        _ files: [(path: String, bytes: [UInt8])], name: String, isDurable: Bool = true
    ) throws(FileError) {
        var changed: [FileContent] = []
        for file in files {
            let path = try place(of: file.path)
            let isSame =
                workspace.files.linkStatus(of: path).map { $0.kind == .file && $0.size == file.bytes.count } ?? false
            if isSame, (try? workspace.files.contents(of: path, limit: file.bytes.count)) == file.bytes { continue }
            changed.append(FileContent(path: path, bytes: file.bytes, isDurable: isDurable))
        }
        try workspace.files.replace(changed)
        try removeStaleFigures(name, keeping: Set(files.map(\.path)))
    }

    /// The absolute path of a file of this folder, which can be written: no link on the way, and no folder there.
    func place(of file: String) throws(FileError) -> String {
        let path = Paths.joined(root, file)
        var folder = root
        for part in file.split(separator: "/").dropLast() {
            folder = Paths.joined(folder, String(part))
            try OutputFolder.requireFolder(folder, workspace)
        }
        if workspace.files.linkStatus(of: path)?.kind == .folder {
            throw FileError(path: path, reason: "a folder stands where a file is to be written")
        }
        return path
    }

    private func removeStaleFigures(_ name: String, keeping: Set<String>) throws(FileError) {
        guard keeping.contains(where: { $0.hasSuffix(".md") }) else { return }
        let folder = Paths.joined(root, name + "_files")
        guard workspace.files.linkStatus(of: folder)?.kind == .folder else { return }
        for file in try workspace.files.names(in: folder)
        where Paths.pathExtension(of: file) == "svg" && !keeping.contains("\(name)_files/\(file)") {
            try workspace.files.remove(Paths.joined(folder, file))
        }
    }

    enum Removal {
        case removed
        /// Nothing is there, or not what was written.
        case isOther
        case failed
    }

    /// Removes a file that still has the bytes of this digest, and then folders which that leaves empty, down to `top`; nil
    /// stands for any in this one.
    func remove(_ path: String, sha256 digest: String, below top: String? = nil) -> Removal {
        let files = workspace.files
        let full = Paths.joined(root, path)
        let top = top.map { Paths.joined(root, $0) } ?? root
        guard Paths.isInside(Paths.normalised(full), top) else { return .isOther }
        var folders = [root]
        for part in path.split(separator: "/").dropLast() {
            folders.append(Paths.joined(folders[folders.count - 1], String(part)))
        }
        guard folders.allSatisfy({ (try? OutputFolder.requireFolder($0, workspace)) != nil }),
            let status = files.linkStatus(of: full), status.kind == .file,
            let bytes = try? files.contents(of: full, limit: status.size), sha256(bytes) == digest
        else { return .isOther }
        guard (try? files.remove(full)) != nil else { return .failed }
        for folder in folders.reversed() where folder != root && Paths.isInside(folder, top) {
            // One that is not empty stays.
            guard (try? files.names(in: folder))?.isEmpty == true, (try? files.remove(folder)) != nil else { break }
        }
        return .removed
    }

    private static func requireFolder(_ path: String, _ workspace: WorkspaceContext) throws(FileError) {
        switch workspace.files.linkStatus(of: path)?.kind {
        case nil, .folder: break
        case .link: throw FileError(path: path, reason: "a symbolic link stands where a folder for outputs is needed")
        default: throw FileError(path: path, reason: "a file stands where a folder for outputs is needed")
        }
    }
}
