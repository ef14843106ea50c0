/// Where rsync writes, as a person names it: `HOST:FOLDER` by SSH, `HOST::MODULE/FOLDER` or `rsync://HOST/MODULE/FOLDER` of a
/// daemon, or a folder of this machine. Nothing that rsync would take for an option.
package enum RsyncAddress: Sendable, Hashable {
    /// As typed: relative to the working folder, or absolute.
    case folder(String)
    /// As rsync takes it, without a slash at its end.
    case remote(String)

    /// nil for what is none of them.
    package init?(_ text: String) {
        guard AddressText.isPlain(text) else { return nil }
        var text = text
        while text.hasSuffix("/"), text != "/" { text.removeLast() }
        if let scheme = AddressText.scheme(of: text) {
            let authority = AddressText.authority(of: text)
            let path = text.dropFirst(scheme.count + "://".count + authority.count + 1)
            guard scheme == "rsync", AddressText.isAuthority(authority), RsyncAddress.isFolder(path) else { return nil }
            self = .remote(text)
            return
        }
        // A colon behind a slash is a part of a name.
        guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else {
            self = .folder(text)
            return
        }
        var path = text[text.index(after: colon)...]
        if path.hasPrefix(":") { path = path.dropFirst() }
        guard AddressText.isAuthority(text[..<colon]), RsyncAddress.isFolder(path) else { return nil }
        self = .remote(text)
    }

    /// A folder of its own: not all of a machine, nor somebody's home, nor outside where it seems to be.
    private static func isFolder(_ path: some StringProtocol) -> Bool {
        let parts = path.split(separator: "/")
        return !path.hasPrefix("-") && parts.contains { $0 != "." && $0 != "~" } && !parts.contains("..")
    }
}

/// Rules for rsync that let it remove some files and nothing else.
package enum RsyncRules {
    /// For `--filter=merge`: the files, and the folders that they leave empty, are at risk; all others are protected.
    package static func removing(_ paths: [String]) -> String {
        var folders: Set<String> = []
        for path in paths { folders.formUnion(PublishedPath.parents(of: path)) }
        let risks = paths.map { "R /" + escaped($0) } + folders.sortedByBytes().map { "R /" + escaped($0) + "/" }
        return (risks + ["P *"]).joined(separator: "\n") + "\n"
    }

    /// A pattern for one path: a backslash keeps a sign from being a wildcard, where there is any.
    private static func escaped(_ path: String) -> String {
        guard path.contains(where: { "*?[".contains($0) }) else { return path }
        return path.map { "*?[".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
