/// What the user's settings and the project's say.
extension GitRepository {
    /// Who makes a commit; nil where the name or the address is missing.
    package func identity() throws(Failure) -> GitStore.Identity? {
        guard let name = try setting("user.name"), let address = try setting("user.email") else { return nil }
        return GitStore.Identity(name: name, address: address)
    }

    /// The address that a remote is pushed to; nil where there is no such remote. It is as somebody wrote it, and to be looked at
    /// before it is followed.
    package func address(ofRemote name: String) throws(Failure) -> String? {
        // The name is a part of a key, which begins with another word.
        if let address = try setting("remote.\(name).pushurl") { return address }
        return try setting("remote.\(name).url")
    }

    private func setting(_ key: String) throws(Failure) -> String? {
        let answer = try run(["config", "--get", key])
        let text = String(decoding: answer.output, as: UTF8.self).filter { !$0.isNewline }
        return answer.exitCode == 0 && !text.isEmpty ? text : nil
    }
}
