import Foundation

extension DiskFileSystem {
    package func lock(_ path: String, waiting time: Duration) throws(FileError) -> (any FileLock)? {
        try makeFolder(Paths.parent(of: path))
        let deadline = ContinuousClock().now + time
        while true {
            let descriptor = Foundation.open(
                path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0o666)
            guard descriptor >= 0 else { throw FileError.last(path) }
            let lock = DiskFileLock(descriptor, path: path)
            var opened = stat()
            guard fstat(descriptor, &opened) == 0, opened.st_mode & S_IFMT == S_IFREG else {
                throw FileError(path: path, reason: "it is not a regular file")
            }
            while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                guard errno == EWOULDBLOCK || errno == EINTR else { throw FileError.last(path) }
                guard ContinuousClock().now < deadline else { return nil }
                usleep(5_000)
            }
            // A lock that somebody removed meanwhile keeps nobody out.
            var named = stat()
            if lstat(path, &named) == 0, named.st_ino == opened.st_ino, named.st_dev == opened.st_dev { return lock }
            guard ContinuousClock().now < deadline else { return nil }
        }
    }

    /// Many on Linux by one call for the whole file system that they lie in: each call of its own would wait for the device
    /// again.
    package func settle(_ paths: [String], in folder: String) throws(FileError) {
        if paths.count > 1, let syncfs = Self.syncfs { return try synchronise(folder, by: syncfs) }
        var known: Set<String> = []
        for path in paths {
            var path = path
            while Paths.isInside(path, folder), known.insert(path).inserted {
                try synchronise(path, by: fsync)
                path = Paths.parent(of: path)
            }
        }
        #if canImport(Darwin)
            // There fsync leaves what the device keeps for later.
            try synchronise(folder) { fcntl($0, F_FULLFSYNC) }
        #endif
    }

    /// Looked up by its name: the header shows it only to programs that ask for the extensions of GNU, and macOS has none.
    private static let syncfs = dlsym(nil, "syncfs").map { symbol in
        unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
    }

    private func synchronise(_ path: String, by call: (Int32) -> Int32) throws(FileError) {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError.last(path) }
        defer { close(descriptor) }
        if call(descriptor) != 0 { throw FileError.last(path) }
    }
}

/// An open descriptor with the system's advisory lock, which ends with its process.
private final class DiskFileLock: FileLock {
    private var descriptor: Int32
    private let path: String

    init(_ descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { release() }

    func contents(limit: Int) throws(FileError) -> [UInt8] {
        // It is nearly always empty, and the limit is large.
        var bytes: [UInt8] = []
        var count = 0
        while count < limit {
            if count == bytes.count { bytes += [UInt8](repeating: 0, count: min(limit - count, max(4096, count))) }
            let read = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count, off_t(count))
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw FileError.last(path) }
            if read == 0 { break }
            count += read
        }
        return Array(bytes[..<count])
    }

    func write(_ bytes: [UInt8]) throws(FileError) {
        guard ftruncate(descriptor, 0) == 0 else { throw FileError.last(path) }
        var count = 0
        while count < bytes.count {
            let written = bytes.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress.map { $0 + count }, bytes.count - count, off_t(count))
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw FileError.last(path) }
            count += written
        }
    }

    func release() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}
