import Workspace

/// The pictures of a notebook as files beside the analysis: what is attached to cells, what they print, and files that they
/// name.
struct NotebookPictures {
    let files: any FileSystem
    /// Absolute.
    let notebook: String
    /// Relative to the analysis.
    let folder: String
    private(set) var taken: [(path: String, bytes: [UInt8])] = []

    init(files: any FileSystem, notebook: String, folder: String) {
        self.files = files
        self.notebook = notebook
        self.folder = folder
    }

    private static let types = [
        "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/svg+xml": "svg",
    ]

    /// Keeps a picture under a number of its own; gives its path as a link's destination, nil for what is no picture.
    mutating func take(type: String, text: String) -> String? {
        guard let suffix = NotebookPictures.types[type] else { return nil }
        let bytes = suffix == "svg" && text.contains("<") ? Array(text.utf8) : Base64.decode(text)
        return bytes.map { keep($0, suffix) }
    }

    /// `data:image/png;base64,…`, or the path of a file in the notebook's own folder or below.
    mutating func take(source: String) -> String? {
        if source.hasPrefix("data:") {
            let parts = source.dropFirst(5).split(separator: ",", maxSplits: 1)
            guard parts.count == 2, parts[0].hasSuffix(";base64") else { return nil }
            return take(type: String(parts[0].dropLast(7)), text: String(parts[1]))
        }
        let path = source.prefix { $0 != "?" }
        let suffix = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard !source.contains(":"), !source.hasPrefix("/"), !path.split(separator: "/").contains(".."),
            let known = ["png", "jpg", "jpeg", "gif", "webp", "svg"].first(where: { $0 == suffix })
        else { return nil }
        let folder = Paths.parent(of: notebook)
        let full = Paths.joined(folder, String(path))
        // No link leads out of the folder.
        guard let real = files.realPath(of: full), let base = files.realPath(of: folder), real.hasPrefix(base + "/"),
            files.status(of: real)?.kind == .file,
            let bytes = try? files.contents(of: real, limit: SourceLoader.imageLimit)
        else { return nil }
        return keep(bytes, known == "jpeg" ? "jpg" : known)
    }

    private mutating func keep(_ bytes: [UInt8], _ suffix: String) -> String {
        let known = taken.first { $0.bytes == bytes && $0.path.hasSuffix(suffix) }?.path
        let path = known ?? "\(folder)/picture-\(taken.count + 1).\(suffix)"
        if known == nil { taken.append((path, bytes)) }
        return path.utf8.map { byte in
            byte > 0x20 && byte < 0x7F && !"()<>%\"\\".utf8.contains(byte)
                ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

/// RFC 4648's base 64, white space ignored.
enum Base64 {
    static func decode(_ text: String) -> [UInt8]? {
        var out: [UInt8] = []
        var group: UInt32 = 0
        var count = 0
        var padding = 0
        for byte in text.utf8 where ![0x20, 0x0A, 0x0D, 0x09].contains(byte) {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - 65
            case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - 71
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte + 4
            case UInt8(ascii: "+"): digit = 62
            case UInt8(ascii: "/"): digit = 63
            case UInt8(ascii: "="):
                padding += 1
                digit = 0
            default: return nil
            }
            if padding > 0, byte != UInt8(ascii: "=") { return nil }
            group = group << 6 | UInt32(digit)
            count += 1
            if count % 4 == 0 {
                out += [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
                group = 0
            }
        }
        guard count % 4 == 0, padding <= 2, out.count >= padding else { return nil }
        return Array(out.dropLast(padding))
    }
}
