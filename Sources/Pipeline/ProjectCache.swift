import Digests
package import Execution
package import Workspace

/// Where a project keeps what its builds computed, `.report/cache`, and the key that tells its own entries from others'.
package struct ProjectCache: Sendable {
    /// After a build the cache takes no more than this: 1 GiB.
    package static let limit = 1 << 30

    private var workspace: WorkspaceContext
    /// The file with the user's key; nil without a home.
    private let keyFile: String?

    /// `configurationHome` is where the user's configuration lies (`$XDG_CONFIG_HOME`, else `~/.config`).
    package init(_ workspace: WorkspaceContext, configurationHome: String?) {
        self.workspace = workspace
        keyFile = configurationHome.map { Paths.joined($0, "report/cache-key") }
    }

    /// The same cache for files that are seen otherwise.
    package func over(_ workspace: WorkspaceContext) -> ProjectCache {
        var cache = self
        cache.workspace = workspace
        return cache
    }

    /// nil where the user has no home to keep a key in, or the folder is not really the project's.
    package func open(_ project: Project) -> BuildCache? {
        guard let key = key(), let folder = folder(of: project) else { return nil }
        return BuildCache(workspace.files, folder: folder, key: key)
    }

    /// The same for what sweeps wrote, which no pruning removes.
    ///
    /// - Parameter isNeeded: False to make no key for a project that never had a sweep.
    func openManifests(of project: Project, isNeeded: Bool) -> BuildCache? {
        let folder = try? OutputFolder(in: project, ".report/sweeps", workspace: workspace).root
        guard let folder, isNeeded || workspace.files.status(of: folder) != nil, let key = key() else { return nil }
        return BuildCache(workspace.files, folder: folder, key: key)
    }

    /// The folder, where it really lies where it seems to.
    package func folder(of project: Project) -> String? {
        try? OutputFolder(in: project, ".report/cache", workspace: workspace).root
    }

    /// The user's key, made on first use. One that another user owns or that is not 32 bytes is no key, and is replaced.
    private func key() -> [UInt8]? {
        guard let keyFile else { return nil }
        if let key = storedKey(keyFile) { return key }
        let fresh = FileContent(path: keyFile, bytes: randomKey(), isPrivate: true)
        guard (try? workspace.files.replace([fresh])) != nil else { return nil }
        // Of builds that begin together the last one's key is the key of all.
        return storedKey(keyFile)
    }

    private func storedKey(_ path: String) -> [UInt8]? {
        guard let status = workspace.files.linkStatus(of: path), status.kind == .file, status.owner == workspace.user,
            let bytes = try? workspace.files.contents(of: path, limit: 64), bytes.count == 32
        else { return nil }
        return bytes
    }
}
