/// File patterns: `*` and `?` within a part of a path, `**` for any number of folders.
package enum Glob {
    package static func isPattern(_ text: String) -> Bool { text.contains { "*?".contains($0) } }

    /// The files below a folder that match a relative pattern, sorted by path; links to folders are not entered by `**`.
    package static func matches(_ pattern: String, in folder: String, files: any FileSystem) -> [String] {
        var found: [String] = []
        walk(pattern.split(separator: "/").map(String.init)[...], folder, files, depth: 0, &found)
        return Set(found).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func walk(
        _ parts: ArraySlice<String>, _ folder: String, _ files: any FileSystem, depth: Int, _ found: inout [String]
    ) {
        guard let part = parts.first, depth < 64 else { return }
        let rest = parts.dropFirst()
        if part == "." { return walk(rest, folder, files, depth: depth, &found) }
        if part == ".." { return walk(rest, Paths.joined(folder, ".."), files, depth: depth + 1, &found) }
        if part == "**" { walk(rest, folder, files, depth: depth, &found) }
        // Of `**` every folder counts, else only what matches: others may come and go.
        let names = part == "**" ? try? files.names(in: folder) : try? files.names(in: folder, matching: part)
        for name in names ?? [] {
            let path = Paths.joined(folder, name)
            let isHidden = name.hasPrefix(".")
            if part == "**" {
                if !isHidden, files.linkStatus(of: path)?.kind == .folder {
                    walk(parts, path, files, depth: depth + 1, &found)
                }
            } else if !isHidden || part.hasPrefix(".") {
                if rest.isEmpty {
                    if files.status(of: path)?.kind == .file { found.append(path) }
                } else if files.status(of: path)?.kind == .folder {
                    walk(rest, path, files, depth: depth + 1, &found)
                }
            }
        }
    }

    /// Whether a name without slashes matches a pattern.
    package static func matches(_ pattern: String, _ name: String) -> Bool {
        matches(Array(pattern.unicodeScalars)[...], Array(name.unicodeScalars)[...])
    }

    /// Whether one part of a path matches one part of a pattern; linear in both but for backtracking to the last `*`.
    static func matches(_ pattern: ArraySlice<Unicode.Scalar>, _ name: ArraySlice<Unicode.Scalar>) -> Bool {
        var p = pattern.startIndex
        var n = name.startIndex
        var star: (pattern: Int, name: Int)?
        while n < name.endIndex {
            if p < pattern.endIndex, pattern[p] == "*" {
                star = (p, n)
                p += 1
            } else if p < pattern.endIndex, pattern[p] == "?" || pattern[p] == name[n] {
                p += 1
                n += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                p = last.pattern + 1
                n = last.name + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }
}
