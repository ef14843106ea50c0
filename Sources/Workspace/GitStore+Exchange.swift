/// Commits of other repositories, and commits for them. Addresses were checked before: none begins as an option does.
extension GitStore {
    /// Whether a text names a branch.
    package func isBranch(_ text: String) -> Bool {
        !text.hasPrefix("-") && !text.isEmpty && !text.utf8.contains(0)
            && runs(["check-ref-format", "refs/heads/" + text])
    }

    private func runs(_ arguments: [String]) -> Bool { (try? run(arguments, isIn: false))?.exitCode == 0 }

    /// The commit that a branch of another repository is; nil where it has no such branch.
    package func head(of branch: String, at address: String) throws(Failure) -> String? {
        let output = try succeed(["ls-remote", "--heads", address, "refs/heads/" + branch], try sshVariables())
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "\t")
            if parts.count == 2, parts[1] == "refs/heads/" + branch { return String(parts[0]) }
        }
        return nil
    }

    /// Brings the last commit of a branch here. Returns its name.
    package func fetch(_ branch: String, from address: String) throws(Failure) -> String {
        let own = "refs/publication/before"
        try succeed(
            [
                "fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", address,
                "+refs/heads/\(branch):\(own)",
            ],
            try sshVariables())
        return try name(succeed(["rev-parse", "--verify", own + "^{commit}"]))
    }

    /// Sends a commit to be a branch. A branch that it does not continue is left as it is, unless it is still the commit `old`.
    package func push(
        _ commit: String, to branch: String, of address: String, replacing old: String?
    ) throws(Failure) -> Answer {
        let lease = old.map { ["--force-with-lease=refs/heads/\(branch):\($0)"] } ?? []
        let answer = try run(
            ["push", "--porcelain", "--no-verify", "--no-follow-tags"] + lease
                + [address, "\(commit):refs/heads/\(branch)"], try sshVariables())
        if answer.exitCode == 0 { return .accepted }
        // `!`, a tab, the two names, a tab, what came of it.
        for line in String(decoding: answer.output, as: UTF8.self).split(separator: "\n") where line.hasPrefix("!\t") {
            let words = String(line.split(separator: "\t").last ?? "")
            return words.hasPrefix("[rejected]") ? .diverged(words) : .refused(words)
        }
        throw Failure(answer)
    }
}
