/// Paths as text: joined, normalised and compared without asking any file system.
package enum Paths {
    /// Joins a path to a folder; an absolute path stays as it is.
    package static func joined(_ folder: String, _ path: String) -> String {
        if path.hasPrefix("/") { return path }
        return folder.hasSuffix("/") ? folder + path : folder + "/" + path
    }

    /// Without `.`, `..` and double slashes. `..` at the top stays at the top.
    package static func normalised(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                _ = parts.popLast()
            } else {
                parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    package static func lastComponent(of path: String) -> String {
        String(path.split(separator: "/").last ?? "")
    }

    /// The extension in lower case, without its dot; empty where there is none.
    package static func pathExtension(of path: String) -> String {
        let name = lastComponent(of: path)
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    /// Whether a normalised path is a folder or stands below it.
    package static func isInside(_ path: String, _ folder: String) -> Bool {
        path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
    }

    /// A normalised path as seen from a folder, with `..` where it must climb.
    package static func relative(_ path: String, to folder: String) -> String {
        let a = path.split(separator: "/")
        let b = folder.split(separator: "/")
        let shared = zip(a, b).prefix { $0 == $1 }.count
        let parts = Array(repeating: "..", count: b.count - shared) + a[shared...].map(String.init)
        return parts.isEmpty ? "." : parts.joined(separator: "/")
    }
}
