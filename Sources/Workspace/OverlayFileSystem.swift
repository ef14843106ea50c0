/// A file system seen through texts that somebody has open and not yet saved: those stand in the place of the files.
///
/// Reading sees the texts, writing goes to the files below. A text that has no file yet is there all the same.
package struct OverlayFileSystem: FileSystem {
    private let base: any FileSystem
    /// By real path, or where no file is yet by normalised path.
    private let texts: [String: [UInt8]]

    package init(_ base: any FileSystem, texts: [String: [UInt8]]) {
        self.base = base
        self.texts = texts
    }

    /// The path under which a text lies over a file.
    package static func key(of path: String, over base: any FileSystem) -> String {
        if let real = base.realPath(of: path) { return real }
        // A file that is yet to be made lies in its folder, wherever that really is.
        let normal = Paths.normalised(path)
        guard let folder = base.realPath(of: Paths.parent(of: normal)) else { return normal }
        return Paths.joined(folder, Paths.lastComponent(of: normal))
    }

    private func text(_ path: String) -> [UInt8]? {
        if texts.isEmpty { return nil }
        return texts[path] ?? texts[OverlayFileSystem.key(of: path, over: base)]
    }

    package func status(of path: String) -> FileStatus? { overlaid(base.status(of: path), at: path) }

    package func linkStatus(of path: String) -> FileStatus? {
        let status = base.linkStatus(of: path)
        return status?.kind == .link ? status : overlaid(status, at: path)
    }

    /// A text has no stamp: it changes as fast as somebody types.
    private func overlaid(_ status: FileStatus?, at path: String) -> FileStatus? {
        guard let text = text(path) else { return status }
        let owner = status ?? base.status(of: Paths.parent(of: path))
        return FileStatus(kind: .file, size: text.count, owner: owner?.owner ?? 0, device: owner?.device ?? 0)
    }

    package func realPath(of path: String) -> String? {
        if let real = base.realPath(of: path) { return real }
        let key = OverlayFileSystem.key(of: path, over: base)
        return texts[key] == nil ? nil : key
    }

    package func names(in folder: String) throws(FileError) -> [String] {
        let names = try base.names(in: folder)
        let real = base.realPath(of: folder) ?? folder
        let more = texts.keys.filter { Paths.parent(of: $0) == real }.map { Paths.lastComponent(of: $0) }
        return Set(names).union(more).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func open(_ path: String) throws(FileError) -> any ByteSource {
        if let text = text(path) { return MemoryByteSource(text) }
        return try base.open(path)
    }

    package func replace(_ files: [FileContent]) throws(FileError) { try base.replace(files) }

    package func remove(_ path: String) throws(FileError) { try base.remove(path) }

    package func lock(_ path: String, waiting time: Duration) throws(FileError) -> (any FileLock)? {
        try base.lock(path, waiting: time)
    }

    package func settle(_ paths: [String], in folder: String) throws(FileError) { try base.settle(paths, in: folder) }

    package func touch(_ path: String) { base.touch(path) }
}
