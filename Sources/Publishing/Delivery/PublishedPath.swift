/// Which paths a publication writes.
package enum PublishedPath {
    /// Whether a path goes downwards from the target's root and means the same to file systems, git and rsync: parts that are
    /// neither empty nor `.` nor `..`, none of them `.git`, no signs that end a line or a string, at most 1,024 bytes.
    package static func isSafe(_ path: String) -> Bool {
        guard !path.isEmpty, path.utf8.count <= 1024,
            !path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F || $0 == "\\" })
        else { return false }
        return path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && part.lowercased() != ".git"
        }
    }

    /// The folders on the way to a path, the outermost first.
    package static func parents(of path: String) -> [String] {
        path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
    }

    /// Whether a text is a SHA-256 in lower-case hexadecimal digits.
    package static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
