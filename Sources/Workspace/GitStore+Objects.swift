/// Commits made of files.
extension GitStore {
    /// Who makes a commit.
    package struct Identity: Sendable, Hashable {
        package var name: String
        package var address: String

        package init(name: String, address: String) {
            self.name = name
            self.address = address
        }
    }

    /// Takes files in, as they are. Returns their objects' names, in the order of the paths.
    ///
    /// - Parameter paths: From a folder, none with a line's end in it.
    package func add(_ paths: [String], in folder: String) throws(Failure) -> [String] {
        // One that began with a quotation mark would be read as quoted.
        let lines = paths.map { "./\($0)\n" }.joined()
        let output = try succeed(
            ["hash-object", "-w", "--no-filters", "--stdin-paths"], at: folder, input: Array(lines.utf8),
            limit: paths.count * (format.digits + 1))
        let names = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
        guard names.count == paths.count, names.allSatisfy({ format.isName($0) }) else {
            throw Failure(reason: "git took in \(names.count) of \(paths.count) files")
        }
        return names
    }

    package func add(_ bytes: [UInt8]) throws(Failure) -> String {
        try name(succeed(["hash-object", "-w", "--no-filters", "--stdin"], input: bytes))
    }

    /// The files, links and submodules of a commit.
    package func files(of commit: String) throws(Failure) -> [GitRepository.File] {
        let output = try succeed(["ls-tree", "-r", "-z", "--full-tree", commit + "^{tree}"], limit: 1 << 28)
        return output.split(separator: 0).compactMap { GitRepository.File(listed: $0, format) }
    }

    package func contents(of object: String) throws(Failure) -> [UInt8] {
        try succeed(["cat-file", "blob", object], limit: 1 << 31)
    }

    /// The tree of a commit, or an empty one, without some files and with others in their places.
    package func tree(
        of commit: String?, without removed: [String], with added: [(path: String, object: String)]
    ) throws(Failure) -> String {
        let index = ["GIT_INDEX_FILE": Paths.joined(folder, "publication.index")]
        try succeed(["read-tree", commit.map { $0 + "^{tree}" } ?? "--empty"], index)
        let none = String(repeating: "0", count: format.digits)
        let lines = removed.map { "0 \(none)\t\($0)\0" } + added.map { "100644 \($0.object)\t\($0.path)\0" }
        try succeed(["update-index", "-z", "--index-info"], input: Array(lines.joined().utf8), index)
        return try name(succeed(["write-tree"], index))
    }

    /// The tree's name of a commit.
    package func tree(of commit: String) throws(Failure) -> String {
        try name(succeed(["rev-parse", "--verify", commit + "^{tree}"]))
    }

    /// - Parameter time: Seconds since 1970 began.
    package func commit(
        _ tree: String, after parent: String?, _ message: String, by identity: Identity, at time: Int64
    ) throws(Failure) -> String {
        let date = "@\(time) +0000"
        let arguments = ["commit-tree", tree] + (parent.map { ["-p", $0] } ?? []) + ["-F", "-"]
        let output = try succeed(
            arguments, input: Array(message.utf8),
            [
                "GIT_AUTHOR_NAME": identity.name, "GIT_AUTHOR_EMAIL": identity.address, "GIT_AUTHOR_DATE": date,
                "GIT_COMMITTER_NAME": identity.name, "GIT_COMMITTER_EMAIL": identity.address,
                "GIT_COMMITTER_DATE": date,
            ])
        return try name(output)
    }

    /// As the user's settings have them; nil where one of the two is missing.
    package func identity() throws(Failure) -> Identity? {
        var parts: [String] = []
        for key in ["user.name", "user.email"] {
            let answer = try run(["config", "--get", key])
            let text = String(decoding: answer.output, as: UTF8.self).filter { !$0.isNewline }
            if answer.exitCode == 0, !text.isEmpty { parts.append(text) }
        }
        return parts.count == 2 ? Identity(name: parts[0], address: parts[1]) : nil
    }
}
