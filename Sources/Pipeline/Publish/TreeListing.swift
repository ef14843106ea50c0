import Publishing
import Workspace

/// All that is in a folder and in the folders in it, but folders themselves. Symbolic links are not followed.
struct TreeListing {
    struct Entry: Hashable {
        var kind: FileStatus.Kind
        var size: Int
        var modified: Int64?
    }

    private(set) var entries: [String: Entry] = [:]
    private var folders: Set<String> = []

    init() {}

    /// - Parameter root: Absolute; nothing there is an empty tree.
    init(of root: String, _ files: any FileSystem) throws(FileError) {
        var pending = files.linkStatus(of: root)?.kind == .folder ? [""] : []
        while let folder = pending.popLast() {
            for name in try files.names(in: folder.isEmpty ? root : Paths.joined(root, folder)) {
                let path = folder.isEmpty ? name : folder + "/" + name
                guard let status = files.linkStatus(of: Paths.joined(root, path)) else { continue }
                if status.kind == .folder {
                    folders.insert(path)
                    pending.append(path)
                } else {
                    entries[path] = Entry(kind: status.kind, size: status.size, modified: status.stamp?.modified)
                }
            }
        }
    }

    var isEmpty: Bool { entries.isEmpty && folders.isEmpty }

    /// In the order of their bytes.
    var paths: [String] { entries.keys.sortedByBytes() }

    /// What stands at paths that a plan asks about.
    func held(
        at paths: [String], below root: String, _ manifest: PublicationManifest?, _ files: any FileSystem
    ) throws(FileError) -> [String: PublicationPlan.Held] {
        var held: [String: PublicationPlan.Held] = [:]
        for path in paths {
            let isBlocked = PublicationPlan.isBlocked(
                path, manifest: manifest, isFile: { entries[$0] != nil }, isAbove: { folders.contains($0) })
            if isBlocked {
                held[path] = .obstacle
            } else if let entry = entries[path] {
                guard entry.kind == .file else {
                    held[path] = .obstacle
                    continue
                }
                held[path] = .file(sha256: try files.digest(of: Paths.joined(root, path)))
            }
        }
        return held
    }
}
