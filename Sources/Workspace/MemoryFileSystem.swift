import Synchronization

/// Files in memory, for tests: regular files, symbolic links, and the folders that they imply.
package final class MemoryFileSystem: FileSystem {
    private enum Entry {
        case file([UInt8])
        case link(String)
    }

    private let entries = Mutex<[String: Entry]>([:])
    /// The paths that somebody holds.
    private let locks = Mutex<Set<String>>([])

    package init(_ files: [String: String] = [:]) {
        for (path, text) in files { add(path, Array(text.utf8)) }
    }

    package func add(_ path: String, _ bytes: [UInt8]) {
        entries.withLock { $0[Paths.normalised(path)] = .file(bytes) }
    }

    package func link(_ path: String, to target: String) {
        entries.withLock { $0[Paths.normalised(path)] = .link(target) }
    }

    /// The bytes at a path, nil where there is no file.
    package func bytes(at path: String) -> [UInt8]? {
        guard let real = realPath(of: path) else { return nil }
        return entries.withLock { if case .file(let bytes) = $0[real] { bytes } else { nil } }
    }

    /// Every file's path, sorted.
    package var paths: [String] { entries.withLock { $0.keys.sorted() } }

    private func entry(at path: String) -> Entry? { entries.withLock { $0[path] } }

    private func isFolder(_ path: String) -> Bool {
        let prefix = path == "/" ? "/" : path + "/"
        return entries.withLock { entries in entries.keys.contains { $0.hasPrefix(prefix) } }
    }

    package func realPath(of path: String) -> String? {
        var real = "/"
        var pending = Array(Paths.normalised(path).split(separator: "/").map(String.init).reversed())
        var hops = 0
        while let name = pending.popLast() {
            let next = Paths.joined(real, name)
            if case .link(let target) = entry(at: next) {
                hops += 1
                guard hops < 40 else { return nil }
                let base = target.hasPrefix("/") ? target : Paths.joined(real, target)
                pending += Paths.normalised(base).split(separator: "/").map(String.init).reversed()
                real = "/"
            } else {
                real = next
            }
        }
        return entry(at: real) != nil || isFolder(real) ? real : nil
    }

    package func status(of path: String) -> FileStatus? { realPath(of: path).flatMap { linkStatus(of: $0) } }

    package func linkStatus(of path: String) -> FileStatus? {
        switch entry(at: Paths.normalised(path)) {
        case .file(let bytes): FileStatus(kind: .file, size: bytes.count, owner: 0, device: 0)
        case .link: FileStatus(kind: .link, size: 0, owner: 0, device: 0)
        case nil where isFolder(Paths.normalised(path)): FileStatus(kind: .folder, size: 0, owner: 0, device: 0)
        case nil: nil
        }
    }

    package func names(in folder: String) throws(FileError) -> [String] {
        guard let real = realPath(of: folder), isFolder(real) else {
            throw FileError(path: folder, reason: "no such file or directory")
        }
        let prefix = real == "/" ? "/" : real + "/"
        let names = entries.withLock { entries in
            Set(entries.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count).prefix { $0 != "/" } })
        }
        return names.map(String.init).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func open(_ path: String) throws(FileError) -> any ByteSource {
        guard let bytes = bytes(at: path) else { throw FileError(path: path, reason: "no such file or directory") }
        return MemoryByteSource(bytes)
    }

    package func replace(_ files: [FileContent]) throws(FileError) {
        for file in files { add(file.path, file.bytes) }
    }

    package func remove(_ path: String) throws(FileError) {
        entries.withLock { $0[Paths.normalised(path)] = nil }
    }

    package func move(_ path: String, to place: String) throws(FileError) {
        guard linkStatus(of: place) == nil else { throw FileError(path: place, reason: "file exists") }
        guard linkStatus(of: path) != nil else { throw FileError(path: path, reason: "no such file or directory") }
        entries.withLock { entries in
            for (key, entry) in MemoryFileSystem.take(path, from: &entries) { entries[place + key] = entry }
        }
    }

    package func exchange(_ path: String, _ other: String) throws(FileError) {
        for path in [path, other] where linkStatus(of: path) == nil {
            throw FileError(path: path, reason: "no such file or directory")
        }
        entries.withLock { entries in
            let first = MemoryFileSystem.take(path, from: &entries)
            let second = MemoryFileSystem.take(other, from: &entries)
            for (key, entry) in first { entries[other + key] = entry }
            for (key, entry) in second { entries[path + key] = entry }
        }
    }

    /// Takes away what stands at a path and below it, by the rest of its path.
    private static func take(_ path: String, from entries: inout [String: Entry]) -> [(key: String, entry: Entry)] {
        let keys = entries.keys.filter { Paths.isInside($0, path) }
        return keys.compactMap { key in
            entries.removeValue(forKey: key).map { (String(key.dropFirst(path.count)), $0) }
        }
    }

    package func share(_ path: String, as place: String) throws(FileError) {
        guard linkStatus(of: place) == nil else { throw FileError(path: place, reason: "file exists") }
        guard let entry = entry(at: path) else { throw FileError(path: path, reason: "no such file or directory") }
        entries.withLock { $0[place] = entry }
    }

    package func point(_ path: String, to target: String) throws(FileError) { link(path, to: target) }

    /// Who holds it now lets go on the same thread or never: there is nothing to wait for.
    package func lock(_ path: String, waiting time: Duration) throws(FileError) -> (any FileLock)? {
        let path = Paths.normalised(path)
        guard locks.withLock({ $0.insert(path).inserted }) else { return nil }
        if bytes(at: path) == nil { add(path, []) }
        return MemoryFileLock(files: self, path: path)
    }

    fileprivate func release(_ path: String) { locks.withLock { _ = $0.remove(path) } }

    package func settle(_ paths: [String], in folder: String) throws(FileError) {}

    package func touch(_ path: String) {}
}

private final class MemoryFileLock: FileLock {
    private let files: MemoryFileSystem
    private let path: String
    private var isHeld = true

    init(files: MemoryFileSystem, path: String) {
        self.files = files
        self.path = path
    }

    deinit { release() }

    func contents(limit: Int) throws(FileError) -> [UInt8] { Array((files.bytes(at: path) ?? []).prefix(limit)) }
    func write(_ bytes: [UInt8]) throws(FileError) { files.add(path, bytes) }
    func release() {
        if isHeld { files.release(path) }
        isHeld = false
    }
}
