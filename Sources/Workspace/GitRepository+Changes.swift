/// What of the working folder differs from a commit.
extension GitRepository {
    /// Those of the paths (from the project's root) that a commit does not hold as they lie in the project now: changed,
    /// new, gone, or links and folders by now.
    ///
    /// The bytes of the files themselves are compared: one that a filter or another line ending changes on its way into
    /// the repository differs. `git status` would say otherwise, and run the project's filters to do so.
    package func changes(_ paths: [String], since revision: String) throws(Failure) -> [String] {
        let committed = try files(at: revision)
        var known: [String: File] = [:]
        for file in committed { known[file.path] = file }
        return paths.filter { path in
            guard let file = known[path], file.kind == .file else { return true }
            return !isSame(file)
        }
    }

    /// Whether any of the paths differs from a commit.
    package func isDirty(_ paths: [String], since revision: String) throws(Failure) -> Bool {
        try !changes(paths, since: revision).isEmpty
    }

    private func isSame(_ file: File) -> Bool {
        let path = Paths.joined(root, file.path)
        guard let status = files.linkStatus(of: path), status.kind == .file, status.size == file.size ?? status.size
        else {
            return false
        }
        return (try? GitBlobName.of(path, in: files, format)) == file.name
    }
}
