import Foundation
import Synchronization

/// The files of the machine.
package struct DiskFileSystem: FileSystem {
    package init() {}

    package func status(of path: String) -> FileStatus? {
        var info = stat()
        return stat(path, &info) == 0 ? FileStatus(info) : nil
    }

    package func linkStatus(of path: String) -> FileStatus? {
        var info = stat()
        return lstat(path, &info) == 0 ? FileStatus(info) : nil
    }

    package func realPath(of path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    package func names(in folder: String) throws(FileError) -> [String] {
        guard let handle = opendir(folder) else { throw FileError.last(folder) }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func open(_ path: String) throws(FileError) -> any ByteSource {
        try DiskByteSource(path: path)
    }

    package func replace(_ files: [FileContent]) throws(FileError) {
        var staged: [(temporary: String, final: String)] = []
        var durable: [(descriptor: Int32, path: String)] = []
        do {
            for file in files {
                try makeFolder(Paths.parent(of: file.path))
                let (descriptor, temporary) = try stage(file)
                staged.append((temporary, file.path))
                if let descriptor { durable.append((descriptor, file.path)) }
                // A process may hold few files open.
                if durable.count == 64 || staged.count == files.count {
                    let written = durable
                    durable = []
                    try DiskFileSystem.waitForDisk(written)
                }
            }
        } catch {
            for file in durable { close(file.descriptor) }
            for file in staged { unlink(file.temporary) }
            throw error
        }
        for (index, file) in staged.enumerated() where rename(file.temporary, file.final) != 0 {
            let failure = FileError.last(file.final)
            for rest in staged[index...] { unlink(rest.temporary) }
            throw failure
        }
    }

    /// Waits until the disk has what was written, and closes the files. Several wait at a time: the disk takes what many
    /// of them wait for at once.
    private static func waitForDisk(_ files: [(descriptor: Int32, path: String)]) throws(FileError) {
        guard !files.isEmpty else { return }
        let failures = Mutex([(index: Int, error: FileError)]())
        let waiting = DispatchGroup()
        let width = min(files.count, 4)
        for first in 0..<width {
            waiting.enter()
            // They only wait, so there may be more of them than processors.
            Thread {
                for index in stride(from: first, to: files.count, by: width) {
                    let failed = fsync(files[index].descriptor) != 0
                    let error = FileError.last(files[index].path)
                    if close(files[index].descriptor) != 0 || failed {
                        failures.withLock { $0.append((index, error)) }
                    }
                }
                waiting.leave()
            }.start()
        }
        waiting.wait()
        if let first = failures.withLock({ $0.min { $0.index < $1.index } }) { throw first.error }
    }

    /// Writes a file beside its final name, so that the rename that follows is atomic.
    ///
    /// - Returns: Where it is, and its open descriptor where it is to be waited for.
    private func stage(_ file: FileContent) throws(FileError) -> (durable: Int32?, temporary: String) {
        let (descriptor, temporary) = try DiskFileSystem.openStaged(for: file.path)
        var failed = !DiskFileSystem.append(file.bytes, to: descriptor)
        let mode = file.isPrivate ? mode_t(0o600) : mode_t(0o666) & ~DiskFileSystem.fileModeMask
        failed = failed || fchmod(descriptor, mode) != 0
        let failure = FileError.last(file.path)
        if file.isDurable, !failed {
            return (descriptor, temporary)
        }
        failed = close(descriptor) != 0 || failed
        if failed {
            unlink(temporary)
            throw failure
        }
        return (nil, temporary)
    }

    package func write(_ path: String, _ next: () -> [UInt8]?) throws(FileError) {
        try makeFolder(Paths.parent(of: path))
        let (descriptor, temporary) = try DiskFileSystem.openStaged(for: path)
        var isWritten = true
        while isWritten, let piece = next() { isWritten = DiskFileSystem.append(piece, to: descriptor) }
        isWritten = isWritten && fchmod(descriptor, mode_t(0o666) & ~DiskFileSystem.fileModeMask) == 0
        isWritten = isWritten && fsync(descriptor) == 0
        var failure = FileError.last(path)
        if close(descriptor) == 0, isWritten {
            if rename(temporary, path) == 0 { return }
            failure = FileError.last(path)
        }
        unlink(temporary)
        throw failure
    }

    /// A file beside the one that it is to become.
    private static func openStaged(for path: String) throws(FileError) -> (descriptor: Int32, temporary: String) {
        var template = Array((Paths.parent(of: path) + "/\(FileContent.stagingPrefix)XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw FileError.last(path) }
        let temporary = template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
        return (descriptor, temporary)
    }

    /// False where not all bytes could be written.
    private static func append(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count, let base = bytes.baseAddress {
                let count = Foundation.write(descriptor, base + written, bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                written += count
            }
            return true
        }
    }

    /// The process's umask, which can only be read by setting it: once, before any file is written.
    private static let fileModeMask: mode_t = {
        let mask = umask(0o022)
        umask(mask)
        return mask
    }()

    func makeFolder(_ path: String) throws(FileError) {
        if status(of: path)?.kind == .folder { return }
        let parent = Paths.parent(of: path)
        if parent != path { try makeFolder(parent) }
        if mkdir(path, 0o777) != 0, errno != EEXIST { throw FileError.last(path) }
    }

    package func remove(_ path: String) throws(FileError) {
        if Foundation.remove(path) != 0, errno != ENOENT { throw FileError.last(path) }
    }

    package func touch(_ path: String) { utimensat(AT_FDCWD, path, nil, AT_SYMLINK_NOFOLLOW) }
}

extension FileStamp {
    /// The present, as the stamps of files tell it. It decides how files are read, never what is found in them.
    package static var present: FileStamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return FileStamp(inode: 0, modified: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec), changed: 0)
    }
}

/// An open file descriptor.
private final class DiskByteSource: ByteSource {
    let size: Int
    private let path: String
    private let descriptor: Int32

    init(path: String) throws(FileError) {
        self.path = path
        // Without O_NONBLOCK a named pipe would wait for its writer before we could refuse it.
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw FileError.last(path) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, FileStatus(info).kind == .file else {
            close(descriptor)
            throw FileError(path: path, reason: "it is not a regular file")
        }
        self.descriptor = descriptor
        size = Int(info.st_size)
    }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw FileError.last(path) }
        }
    }
}

extension FileError {
    /// The system's last error, about a path.
    static func last(_ path: String) -> FileError {
        FileError(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
}

extension FileStatus {
    fileprivate init(_ info: stat) {
        let kind: Kind =
            switch info.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        self.init(
            kind: kind, size: Int(info.st_size), owner: info.st_uid, device: UInt64(info.st_dev),
            permissions: UInt16(info.st_mode & 0o777),
            stamp: FileStamp(inode: UInt64(info.st_ino), modified: info.modified, changed: info.changed))
    }
}

extension stat {
    #if canImport(Darwin)
        fileprivate var modified: Int64 { Int64(st_mtimespec.tv_sec) * 1_000_000_000 + Int64(st_mtimespec.tv_nsec) }
        fileprivate var changed: Int64 { Int64(st_ctimespec.tv_sec) * 1_000_000_000 + Int64(st_ctimespec.tv_nsec) }
    #else
        fileprivate var modified: Int64 { Int64(st_mtim.tv_sec) * 1_000_000_000 + Int64(st_mtim.tv_nsec) }
        fileprivate var changed: Int64 { Int64(st_ctim.tv_sec) * 1_000_000_000 + Int64(st_ctim.tv_nsec) }
    #endif
}
