import Synchronization

/// A folder as it once was, over files as they are: below the folder there is what the snapshot holds and nothing else,
/// and what is written there is kept in memory. Outside it files are read as they are, and never written.
package final class SnapshotFileSystem: FileSystem {
    package enum Content: Sendable {
        case bytes([UInt8])
        /// Bytes that are fetched when they are first read.
        case stored(size: Int, @Sendable () throws(FileError) -> [UInt8])
        /// A file of the machine, read where it lies.
        case file(String, size: Int)
        /// A symbolic link, with where it leads as written.
        case link(String)
    }

    private struct State {
        var contents: [String: Content] = [:]
        /// The names in each folder.
        var folders: [String: Set<String>] = [:]
    }

    private let root: String
    private let base: any FileSystem
    private let state = Mutex(State())

    /// - Parameters:
    ///   - root: The folder, absolute and real.
    ///   - files: What it holds, by path from the root.
    package init(of root: String, _ files: [String: Content], over base: any FileSystem) {
        self.root = root
        self.base = base
        state.withLock { state in
            state.folders[root] = []
            for (path, content) in files { add(content, at: Paths.normalised(Paths.joined(root, path)), &state) }
        }
    }

    private func add(_ content: Content, at path: String, _ state: inout State) {
        state.contents[path] = content
        var child = path
        while child != root, Paths.isInside(child, root) {
            let parent = Paths.parent(of: child)
            let isKnown = state.folders[parent] != nil
            state.folders[parent, default: []].insert(Paths.lastComponent(of: child))
            if isKnown { break }
            child = parent
        }
    }

    /// Whether a path lies below the folder, as it is written or by a link of the machine.
    private func isOurs(_ path: String) -> Bool {
        Paths.isInside(Paths.normalised(path), root) || base.realPath(of: path).map { Paths.isInside($0, root) } == true
    }

    private func content(at path: String) -> Content? { state.withLock { $0.contents[path] } }

    package func realPath(of path: String) -> String? {
        guard Paths.isInside(Paths.normalised(path), root) else {
            return base.realPath(of: path).flatMap { Paths.isInside($0, root) ? realPath(of: $0) : $0 }
        }
        var real = root
        var pending = Array(parts(Paths.normalised(path).dropFirst(root.count)).reversed())
        var hops = 0
        while let name = pending.popLast() {
            let next = Paths.joined(real, name)
            guard case .link(let target) = content(at: next) else {
                real = next
                continue
            }
            hops += 1
            // A link that leads out of the folder leads nowhere.
            let place = Paths.normalised(Paths.joined(real, target))
            guard hops < 40, Paths.isInside(place, root) else { return nil }
            real = root
            pending += parts(place.dropFirst(root.count)).reversed()
        }
        return state.withLock { $0.contents[real] != nil || $0.folders[real] != nil } ? real : nil
    }

    private func parts(_ path: Substring) -> [String] { path.split(separator: "/").map(String.init) }

    package func status(of path: String) -> FileStatus? {
        guard isOurs(path) else { return base.status(of: path) }
        return realPath(of: path).flatMap { linkStatus(of: $0) }
    }

    package func linkStatus(of path: String) -> FileStatus? {
        guard isOurs(path) else { return base.linkStatus(of: path) }
        let path = Paths.normalised(path)
        let device = base.status(of: root)?.device ?? 0
        func status(_ kind: FileStatus.Kind, _ size: Int) -> FileStatus {
            FileStatus(kind: kind, size: size, owner: 0, device: device)
        }
        return state.withLock { state in
            switch state.contents[path] {
            case .bytes(let bytes): status(.file, bytes.count)
            case .stored(let size, _), .file(_, let size): status(.file, size)
            case .link: status(.link, 0)
            case nil: state.folders[path] == nil ? nil : status(.folder, 0)
            }
        }
    }

    package func names(in folder: String) throws(FileError) -> [String] {
        guard isOurs(folder) else { return try base.names(in: folder) }
        guard let real = realPath(of: folder), let names = state.withLock({ $0.folders[real] }) else {
            throw FileError(path: folder, reason: "no such file or directory")
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func open(_ path: String) throws(FileError) -> any ByteSource {
        guard isOurs(path) else { return try base.open(path) }
        guard let real = realPath(of: path), let content = content(at: real) else {
            throw FileError(path: path, reason: "no such file or directory")
        }
        switch content {
        case .bytes(let bytes): return MemoryByteSource(bytes)
        case .file(let place, _): return try base.open(place)
        case .link: throw FileError(path: path, reason: "it is not a regular file")
        case .stored(_, let fetch):
            let bytes = try fetch()
            state.withLock { $0.contents[real] = .bytes(bytes) }
            return MemoryByteSource(bytes)
        }
    }

    /// The bytes that were written at a path.
    package func bytes(at path: String) -> [UInt8]? {
        if case .bytes(let bytes) = content(at: Paths.normalised(path)) { bytes } else { nil }
    }

    package func replace(_ files: [FileContent]) throws(FileError) {
        for file in files where !isOurs(file.path) {
            throw FileError(path: file.path, reason: "a snapshot is written nowhere else")
        }
        state.withLock { state in
            for file in files { add(.bytes(file.bytes), at: Paths.normalised(file.path), &state) }
        }
    }

    package func remove(_ path: String) throws(FileError) {
        guard isOurs(path) else { throw FileError(path: path, reason: "a snapshot is written nowhere else") }
        let path = Paths.normalised(path)
        state.withLock { state in
            state.contents[path] = nil
            if state.folders[path]?.isEmpty != false {
                state.folders[path] = nil
                state.folders[Paths.parent(of: path)]?.remove(Paths.lastComponent(of: path))
            }
        }
    }

    package func touch(_ path: String) {}

    /// No other process can hold a file of a snapshot, and nobody appends to a trail in one.
    package func lock(_ path: String, waiting time: Duration) throws(FileError) -> (any FileLock)? {
        throw FileError(path: path, reason: "a snapshot is not locked")
    }

    /// Nothing of a snapshot outlasts the process.
    package func settle(_ paths: [String], in folder: String) throws(FileError) {}
}
