import Foundation

/// Names that change at once.
extension DiskFileSystem {
    package func move(_ path: String, to place: String) throws(FileError) {
        try makeFolder(Paths.parent(of: place))
        switch Self.rename(path, place, Self.noReplacement) {
        case 0: return
        case EINVAL, ENOSYS, ENOTSUP:
            // A file system without it: somebody who makes the name in between loses what is there.
            if linkStatus(of: place) != nil { throw FileError.system(EEXIST, place) }
            if Foundation.rename(path, place) != 0 { throw FileError.last(path) }
        case let code: throw FileError.system(code, path)
        }
    }

    package func exchange(_ path: String, _ other: String) throws(FileError) {
        let code = Self.rename(path, other, Self.swap)
        if code != 0 { throw FileError.system(code, path) }
    }

    package func share(_ path: String, as place: String) throws(FileError) {
        try makeFolder(Paths.parent(of: place))
        // Without AT_SYMLINK_FOLLOW a link gets the name, not what it leads to.
        if linkat(AT_FDCWD, path, AT_FDCWD, place, 0) != 0 { throw FileError.last(path) }
    }

    package func point(_ path: String, to target: String) throws(FileError) {
        let temporary = Paths.joined(
            Paths.parent(of: path), FileContent.stagingPrefix + Paths.lastComponent(of: path))
        try remove(temporary)
        if symlink(target, temporary) != 0 { throw FileError.last(path) }
        guard Foundation.rename(temporary, path) == 0 else {
            let failure = FileError.last(path)
            try? remove(temporary)
            throw failure
        }
    }

    #if canImport(Darwin)
        private static let noReplacement = UInt32(RENAME_EXCL)
        private static let swap = UInt32(RENAME_SWAP)

        private static func rename(_ path: String, _ place: String, _ flags: UInt32) -> Int32 {
            renamex_np(path, place, flags) == 0 ? 0 : errno
        }
    #else
        // RENAME_NOREPLACE and RENAME_EXCHANGE of linux/fs.h.
        private static let noReplacement: UInt32 = 1
        private static let swap: UInt32 = 2

        /// Looked up by its name, for the header shows it only to programs that ask for the extensions of GNU.
        private static let renameat2 = dlsym(nil, "renameat2").map { symbol in
            unsafeBitCast(
                symbol,
                to: (@convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32).self)
        }

        private static func rename(_ path: String, _ place: String, _ flags: UInt32) -> Int32 {
            guard let renameat2 else { return ENOSYS }
            return renameat2(AT_FDCWD, path, AT_FDCWD, place, flags) == 0 ? 0 : errno
        }
    #endif
}

extension FileError {
    fileprivate static func system(_ code: Int32, _ path: String) -> FileError {
        FileError(path: path, reason: String(cString: strerror(code)).lowercased())
    }
}
