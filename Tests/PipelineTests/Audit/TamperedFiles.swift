import Workspace

/// Files of a snapshot of which some are other than they were; nothing can be written.
struct TamperedFiles: FileSystem {
    private final class Source: ByteSource {
        private let bytes: [UInt8]
        private var position = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var size: Int { bytes.count }

        func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
            let count = min(buffer.count, bytes.count - position)
            buffer.copyBytes(from: bytes[position..<position + count])
            position += count
            return count
        }
    }

    /// By path.
    private var contents: [String: [UInt8]]
    /// The names in folders, sorted.
    private var folders: [String: [String]]

    init(_ files: MemoryFileSystem) {
        contents = Dictionary(uniqueKeysWithValues: files.paths.map { ($0, files.bytes(at: $0) ?? []) })
        folders = [:]
        for path in contents.keys.sorted() { note(path) }
    }

    /// Every file's path, sorted.
    var paths: [String] { contents.keys.sorted() }

    subscript(path: String) -> [UInt8]? {
        get { contents[path] }
        set {
            contents[path] = newValue
            if newValue == nil {
                folders[Paths.parent(of: path)]?.removeAll { $0 == Paths.lastComponent(of: path) }
            } else {
                note(path)
            }
        }
    }

    private mutating func note(_ path: String) {
        var path = path
        while path != "/" {
            let (parent, name) = (Paths.parent(of: path), Paths.lastComponent(of: path))
            if folders[parent, default: []].contains(name) { return }
            folders[parent, default: []].append(name)
            folders[parent]?.sort()
            path = parent
        }
    }

    func status(of path: String) -> FileStatus? { linkStatus(of: path) }
    func linkStatus(of path: String) -> FileStatus? {
        if let bytes = contents[path] { return FileStatus(kind: .file, size: bytes.count, owner: 0, device: 0) }
        return folders[path] == nil ? nil : FileStatus(kind: .folder, size: 0, owner: 0, device: 0)
    }
    func realPath(of path: String) -> String? { linkStatus(of: path) == nil ? nil : path }
    func names(in folder: String) throws(FileError) -> [String] {
        guard let names = folders[folder] else { throw FileError(path: folder, reason: "no such file or directory") }
        return names
    }
    func open(_ path: String) throws(FileError) -> any ByteSource {
        guard let bytes = contents[path] else { throw FileError(path: path, reason: "no such file or directory") }
        return Source(bytes)
    }
    func replace(_ files: [FileContent]) throws(FileError) { throw FileError(path: "/", reason: "read-only") }
    func remove(_ path: String) throws(FileError) { throw FileError(path: "/", reason: "read-only") }
    func lock(_ path: String, waiting time: Duration) throws(FileError) -> (any FileLock)? { nil }
    func settle(_ paths: [String], in folder: String) throws(FileError) {}
    func touch(_ path: String) {}
}
