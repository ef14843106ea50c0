/// Files that are only looked at, or written one by one, have no folders to change.
extension FileSystem {
    package func move(_ path: String, to place: String) throws(FileError) { throw FileError.noChanges(path) }

    package func exchange(_ path: String, _ other: String) throws(FileError) { throw FileError.noChanges(path) }

    package func share(_ path: String, as place: String) throws(FileError) { throw FileError.noChanges(path) }

    package func point(_ path: String, to target: String) throws(FileError) { throw FileError.noChanges(path) }
}

extension FileError {
    fileprivate static func noChanges(_ path: String) -> FileError {
        FileError(path: path, reason: "folders are not changed here")
    }
}

extension FileSystem {
    /// Removes a folder with all that is in it; symbolic links in it are removed and not followed. Nothing there is no error.
    package func removeTree(_ path: String) throws(FileError) {
        // Folders in the order in which they are found: each before those in it.
        var folders: [String] = []
        var pending = [path]
        while let next = pending.popLast() {
            guard linkStatus(of: next)?.kind == .folder else {
                try remove(next)
                continue
            }
            folders.append(next)
            pending += try names(in: next).map { Paths.joined(next, $0) }
        }
        for folder in folders.reversed() { try remove(folder) }
    }
}
