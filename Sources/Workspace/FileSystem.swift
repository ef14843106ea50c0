/// Files as the program sees them: on disk, or in memory for a test.
///
/// All paths are absolute and use `/`.
package protocol FileSystem: Sendable {
    /// What stands at a path, symbolic links followed; nil where nothing does.
    func status(of path: String) -> FileStatus?
    /// What stands at a path itself; a symbolic link is a link.
    func linkStatus(of path: String) -> FileStatus?
    /// The path with every symbolic link followed; nil where it leads nowhere.
    func realPath(of path: String) -> String?
    /// The names in a folder, sorted by their bytes.
    func names(in folder: String) throws(FileError) -> [String]
    /// Those of them that match a part of a pattern.
    func names(in folder: String, matching part: String) throws(FileError) -> [String]
    /// Opens a regular file for reading; anything else (a pipe, a device) is refused without waiting for it.
    func open(_ path: String) throws(FileError) -> any ByteSource
    /// Writes all files or, where one cannot be written, none: each is complete under its name or unchanged.
    /// Folders are made as needed.
    func replace(_ files: [FileContent]) throws(FileError)
    /// Writes one file out of pieces that come one by one until nil, complete under its name or not at all.
    func write(_ path: String, _ next: () -> [UInt8]?) throws(FileError)
    /// Removes a file or an empty folder; nothing there is no error.
    func remove(_ path: String) throws(FileError)
    /// Holds a file, made where there is none, against others who would; nil where another held it all the time.
    func lock(_ path: String, waiting time: Duration) throws(FileError) -> (any FileLock)?
    /// Waits until files below a folder, and that they are there, would outlast a failure of power.
    func settle(_ paths: [String], in folder: String) throws(FileError)
    /// Makes a file's time of change the present one; nothing there is no error.
    func touch(_ path: String)
    /// Gives a file or folder another name, which nothing has. Folders are made as needed.
    func move(_ path: String, to place: String) throws(FileError)
    /// Lets two names stand for each other's file or folder, at once: nobody finds either gone or half there.
    func exchange(_ path: String, _ other: String) throws(FileError)
    /// Gives a file a second name, which nothing has; a symbolic link itself, not what it leads to. Folders are
    /// made as needed.
    func share(_ path: String, as place: String) throws(FileError)
    /// Makes a name a symbolic link, at once where it is one already.
    func point(_ path: String, to target: String) throws(FileError)
}

/// A file to be written.
package struct FileContent: Sendable {
    package var path: String
    package var bytes: [UInt8]
    /// For its owner's eyes alone.
    package var isPrivate: Bool
    /// Whether it must outlast a failure of power. What can be made again need not, if a torn file is known as such.
    package var isDurable: Bool

    /// How names begin under which files are written beside those that they are to have.
    package static let stagingPrefix = ".writing-"

    package init(path: String, bytes: [UInt8], isPrivate: Bool = false, isDurable: Bool = true) {
        self.path = path
        self.bytes = bytes
        self.isPrivate = isPrivate
        self.isDurable = isDurable
    }
}

/// Bytes that are read in order, a piece at a time.
package protocol ByteSource: AnyObject {
    /// The size when it was opened.
    var size: Int { get }
    /// Fills the buffer from its start; returns how many bytes, 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int
}

package struct FileStatus: Sendable, Hashable {
    package enum Kind: Sendable {
        case file
        case folder
        case link
        case other
    }

    package var kind: Kind
    package var size: Int
    package var owner: UInt32
    package var device: UInt64
    /// Who may read, write and run it: the low nine bits of its mode; nil where the file system keeps none.
    package var permissions: UInt16?
    /// nil where the file system keeps no times.
    package var stamp: FileStamp?

    package init(
        kind: Kind, size: Int, owner: UInt32, device: UInt64, permissions: UInt16? = nil, stamp: FileStamp? = nil
    ) {
        self.kind = kind
        self.size = size
        self.owner = owner
        self.device = device
        self.permissions = permissions
        self.stamp = stamp
    }
}

/// What changes whenever a file is written or replaced: its number, and when its bytes and its entry last changed, in
/// nanoseconds.
package struct FileStamp: Sendable, Hashable {
    package var inode: UInt64
    package var modified: Int64
    package var changed: Int64

    package init(inode: UInt64, modified: Int64, changed: Int64) {
        self.inode = inode
        self.modified = modified
        self.changed = changed
    }

    /// Whether the file was last changed so long before another was written that a later change shows in the stamp.
    package func isSettled(before other: FileStamp) -> Bool {
        max(modified, changed) + 1_000_000_000 < other.modified
    }
}

/// A file operation that failed, with the reason as the system gives it.
package struct FileError: Error, Hashable, Sendable {
    package var path: String
    package var reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

extension FileSystem {
    package func names(in folder: String, matching part: String) throws(FileError) -> [String] {
        let pattern = Array(part.unicodeScalars)[...]
        return try names(in: folder).filter { Glob.matches(pattern, Array($0.unicodeScalars)[...]) }
    }

    /// Without a way of its own the file is held whole.
    package func write(_ path: String, _ next: () -> [UInt8]?) throws(FileError) {
        var bytes: [UInt8] = []
        while let piece = next() { bytes += piece }
        try replace([FileContent(path: path, bytes: bytes)])
    }

    /// The whole of a file, nil bytes where it is larger than `limit`.
    package func contents(of path: String, limit: Int) throws(FileError) -> [UInt8] {
        let source = try open(path)
        guard source.size <= limit else { throw FileError.tooLarge(path, limit: limit) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.size)
        // Most files are small, and a large piece costs more than reading them.
        let piece = UnsafeMutableRawBufferPointer.allocate(
            byteCount: min(max(source.size + 1, 1 << 12), 1 << 18), alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = try source.read(into: piece)
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else { throw FileError.tooLarge(path, limit: limit) }
            bytes.append(contentsOf: piece[0..<count])
        }
    }
}

extension FileError {
    package static func tooLarge(_ path: String, limit: Int) -> FileError {
        FileError(path: path, reason: "the file is larger than the limit of \(limit / (1 << 20)) MiB")
    }
}
