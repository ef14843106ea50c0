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
    /// What is believed of it.
    private var reading = BuildCache.Reading.everything

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

    /// The same cache, of which only some is read.
    func reading(_ reading: BuildCache.Reading) -> ProjectCache {
        var cache = self
        cache.reading = reading
        return cache
    }

    /// nil where the user has no home to keep a key in, or the folder is not really the project's.
    package func open(_ project: Project) -> BuildCache? {
        guard let key = key(), let folder = folder(of: project) else { return nil }
        return BuildCache(workspace.files, folder: folder, key: key, reading: reading)
    }

    /// The same for what sweeps wrote, which no pruning removes.
    ///
    /// - Parameter isNeeded: False to make no key for a project that never had a sweep.
    func openManifests(of project: Project, isNeeded: Bool) -> BuildCache? {
        let folder = try? OutputFolder(in: project, ".report/sweeps", workspace: workspace).root
        guard let folder, isNeeded || workspace.files.status(of: folder) != nil, let key = key() else { return nil }
        return BuildCache(workspace.files, folder: folder, key: key)
    }

    /// The same for what sites were written, which no pruning of the cache removes.
    func openSites(of project: Project) -> BuildCache? {
        guard let folder = try? OutputFolder(in: project, ".report/sites", workspace: workspace).root, let key = key()
        else { return nil }
        return BuildCache(workspace.files, folder: folder, key: key)
    }

    /// The SHA-256 of a program's file, which is read again only once the file was written again; nil where it cannot be read.
    ///
    /// It is kept beside the user's key: all projects of one user are built by the same few programs.
    func digest(ofProgram path: String) -> String? {
        guard reading == .everything, let key = key(), let keyFile else {
            return (try? FileDigests(workspace.files).digest(of: path))?.sha256
        }
        let folder = Paths.joined(Paths.parent(of: keyFile), "programs")
        let cache = BuildCache(workspace.files, folder: folder, key: key)
        defer { cache.close(limit: 1 << 20) }
        return (try? cache.digests.digest(of: path))?.sha256
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
