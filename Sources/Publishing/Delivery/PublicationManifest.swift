package import Values

/// What a publication leaves beside its files, so that the next one knows them from everybody else's.
package struct PublicationManifest: Sendable, Hashable {
    /// In the target's root.
    package static let path = ".report-publish.json"

    /// The SHA-256 of each file by its path from the target's root.
    package var files: [String: String]
    /// Those of files that a publication has begun to write, where it changes a folder file by file: after one that was
    /// interrupted a file may be as it was or as it was to be.
    package var pending: [String: String]

    package init(files: [String: String], pending: [String: String] = [:]) {
        self.files = files
        self.pending = pending
    }

    /// Whether a file of this digest was written by a publication.
    package func isOwn(_ path: String, sha256: String) -> Bool { files[path] == sha256 || pending[path] == sha256 }

    /// Whether a publication wrote, or was to write, something of this path.
    package func knows(_ path: String) -> Bool { files[path] != nil || pending[path] != nil }

    /// In the order of their bytes.
    package var paths: [String] { Set(files.keys).union(pending.keys).sortedByBytes() }
}

extension PublicationManifest {
    private static let word = "report publish"

    /// The same whatever made it: another version of the program changes no target by its mere name.
    package var text: String {
        var object: Object = ["publication": .string(Self.word), "files": .object(Object(digests: files))]
        if !pending.isEmpty { object["pending"] = .object(Object(digests: pending)) }
        return Value.object(object).indentedJSON + "\n"
    }

    /// nil for anything that is not a manifest: one with a path that leads out of its folder is none.
    package init?(_ value: Value) {
        guard value["publication"]?.string == Self.word,
            let files = value["files"].flatMap({ Self.digests($0) }),
            let pending = Self.digests(value["pending"] ?? .object([:]))
        else { return nil }
        self.init(files: files, pending: pending)
    }

    private static func digests(_ value: Value) -> [String: String]? {
        guard let object = value.object else { return nil }
        var digests: [String: String] = [:]
        for (path, digest) in object {
            guard PublishedPath.isSafe(path), let text = digest.string, PublishedPath.isDigest(text) else { return nil }
            digests[path] = text
        }
        return digests
    }
}

extension Object {
    /// Digests in the order of the bytes of their paths.
    package init(digests: [String: String]) {
        self.init(digests.keys.sortedByBytes().map { ($0, .string(digests[$0] ?? "")) })
    }
}

extension Sequence<String> {
    /// In the order of their bytes, whatever the locale.
    package func sortedByBytes() -> [String] { sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}
