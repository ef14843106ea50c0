/// What a file of the project was in other commits.
extension GitRepository {
    /// The versions of a file in the last thousand commits that changed it, on any branch, newest first.
    ///
    /// Who builds first and commits afterwards has the file in a later commit than the one that was there.
    package func versions(of path: String) throws(Failure) -> [File] {
        let answer = try run(
            [
                "log", "--all", "--max-count=1000", "--raw", "-z", "--no-abbrev", "--no-renames", "--format=",
                "--no-show-signature", "--no-ext-diff", "--no-textconv", "--", path,
            ], outputLimit: 1 << 24)
        guard answer.exitCode == 0 else { throw Failure(answer) }
        var names: [String] = []
        // `:100644 100644 old new M`, then the path: of a file that is gone the new name is all zeros.
        for item in answer.output.split(whereSeparator: { $0 == 0 || $0 == 10 }) {
            let parts = String(decoding: item, as: UTF8.self).split(separator: " ")
            guard parts.count == 5, parts[0].hasPrefix(":"), parts[1].hasPrefix("100"), format.isName(parts[3]) else {
                continue
            }
            if !names.contains(String(parts[3])) { names.append(String(parts[3])) }
        }
        return try sizes(of: names).map { File(path: path, kind: .file, name: $0.name, size: $0.size) }
    }

    /// Those of the objects that the repository has, with their sizes.
    private func sizes(of names: [String]) throws(Failure) -> [(name: String, size: Int)] {
        if names.isEmpty { return [] }
        let answer = try run(
            ["cat-file", "--batch-check"], input: names.map { $0 + "\n" }.joined(), outputLimit: 1 << 24)
        guard answer.exitCode == 0 else { throw Failure(answer) }
        return String(decoding: answer.output, as: UTF8.self).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ")
            guard parts.count == 3, parts[1] == "blob", let size = Int(parts[2]) else { return nil }
            return (String(parts[0]), size)
        }
    }
}
