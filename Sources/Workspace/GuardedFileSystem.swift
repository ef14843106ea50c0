import Synchronization

/// Files whose changes are made one call at a time, so that a program that is told to end can do so between them.
package final class GuardedFileSystem: FileSystem {
    private let base: any FileSystem
    private let turn = Mutex(())

    package init(_ base: any FileSystem) { self.base = base }

    /// Ends the program once no file is being changed; none is changed from then on.
    package func end(by exit: () -> Never) -> Never {
        turn.withLock { _ in exit() }
    }

    package func status(of path: String) -> FileStatus? { base.status(of: path) }
    package func linkStatus(of path: String) -> FileStatus? { base.linkStatus(of: path) }
    package func realPath(of path: String) -> String? { base.realPath(of: path) }
    package func names(in folder: String) throws(FileError) -> [String] { try base.names(in: folder) }
    package func names(in folder: String, matching part: String) throws(FileError) -> [String] {
        try base.names(in: folder, matching: part)
    }
    package func open(_ path: String) throws(FileError) -> any ByteSource { try base.open(path) }

    package func replace(_ files: [FileContent]) throws(FileError) {
        try turn.withLock { _ throws(FileError) in try base.replace(files) }
    }

    package func remove(_ path: String) throws(FileError) {
        try turn.withLock { _ throws(FileError) in try base.remove(path) }
    }

    package func lock(_ path: String, waiting time: Duration) throws(FileError) -> (any FileLock)? {
        try base.lock(path, waiting: time)
    }

    package func settle(_ paths: [String], in folder: String) throws(FileError) { try base.settle(paths, in: folder) }

    package func touch(_ path: String) { turn.withLock { _ in base.touch(path) } }

    package func move(_ path: String, to place: String) throws(FileError) {
        try turn.withLock { _ throws(FileError) in try base.move(path, to: place) }
    }

    package func exchange(_ path: String, _ other: String) throws(FileError) {
        try turn.withLock { _ throws(FileError) in try base.exchange(path, other) }
    }

    package func share(_ path: String, as place: String) throws(FileError) {
        try turn.withLock { _ throws(FileError) in try base.share(path, as: place) }
    }

    package func point(_ path: String, to target: String) throws(FileError) {
        try turn.withLock { _ throws(FileError) in try base.point(path, to: target) }
    }
}
