package import Workspace

/// The files of projects that a report may depend on, looked at again and again: two looks tell what changed.
///
/// Stamps are compared, not contents, and no service of the operating system is needed; a look at a thousand files takes a
/// few milliseconds.
package struct WatchedFiles {
    /// What a look saw, by absolute path.
    package typealias Look = [String: FileStatus]

    package enum Change: Hashable, Sendable {
        case added(String)
        case changed(String)
        case removed(String)

        package var path: String {
            switch self {
            case .added(let path), .changed(let path), .removed(let path): path
            }
        }
    }

    private let files: any FileSystem
    /// Roots of projects, none below another.
    package private(set) var roots: [String] = []
    /// Files that belong to no project.
    private let others: [String]
    /// Folders that are written to.
    private let outputs: Set<String>
    /// Where the program's own lines go, which are no change to tell in another.
    private let streams: [FileStatus]

    /// - Parameters:
    ///   - others: Single files to watch besides, absolute.
    ///   - outputs: Folders that are written to, absolute; each project's `output` is one anyway.
    package init(_ files: any FileSystem, others: [String] = [], outputs: [String] = []) {
        self.files = files
        self.others = others
        self.outputs = Set(outputs)
        streams = ["/dev/fd/1", "/dev/fd/2"].compactMap { files.status(of: $0) }.filter { $0.kind == .file }
    }

    /// Watches the project in a folder, too.
    package mutating func add(root: String) {
        guard !roots.contains(where: { Paths.isInside(root, $0) }) else { return }
        roots = roots.filter { !Paths.isInside($0, root) } + [root]
    }

    package func look() -> Look {
        var look: Look = [:]
        for path in others { look[path] = files.status(of: path) }
        for root in roots { visit(root, depth: 0, isRoot: true, &look) }
        return look
    }

    private func visit(_ folder: String, depth: Int, isRoot: Bool, _ look: inout Look) {
        guard depth < 64, let names = try? files.names(in: folder) else { return }
        for name in names where !WatchedFiles.isIgnored(name) {
            let path = Paths.joined(folder, name)
            guard let status = files.linkStatus(of: path) else { continue }
            switch status.kind {
            case .folder:
                if outputs.contains(path) || (isRoot && name == "output") { continue }
                visit(path, depth: depth + 1, isRoot: false, &look)
            // A link stands for the file that it leads to; folders behind links are not entered.
            case .link: if let target = files.status(of: path), target.kind == .file { look[path] = target }
            case .file: if !streams.contains(where: { $0.isSameFile(as: status) }) { look[path] = status }
            case .other: break
            }
        }
    }

    /// Hidden files and folders, and what editors leave beside a file while it is open or being saved.
    static func isIgnored(_ name: String) -> Bool {
        if name.hasPrefix(".") || name.hasSuffix("~") || name == "node_modules" || name == "4913" { return true }
        if name.hasPrefix("#"), name.hasSuffix("#") { return true }
        return ["swp", "swx", "swo", "tmp", "part", "crdownload"].contains(Paths.pathExtension(of: name))
    }

    /// What changed from one look to the next, by path.
    package static func changes(from old: Look, to new: Look) -> [Change] {
        var changes: [Change] = []
        for (path, status) in new {
            if let before = old[path] {
                if before != status { changes.append(.changed(path)) }
            } else {
                changes.append(.added(path))
            }
        }
        changes += old.keys.filter { new[$0] == nil }.map { .removed($0) }
        return changes.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}

extension FileStatus {
    /// Whether both are of one file, whatever is in it.
    fileprivate func isSameFile(as other: FileStatus) -> Bool {
        stamp != nil && device == other.device && stamp?.inode == other.stamp?.inode
    }
}
