package import Workspace

/// What an append that was killed left behind.
extension TransparencyLog {
    /// Removes it, by the list in the lock file, and empties that. Nothing that the checkpoint speaks of is on its way.
    func sweep(_ lock: any FileLock) throws(LedgerError) {
        let size = try size
        do throws(FileError) {
            let bytes = try lock.contents(limit: AppendIntent.limit)
            if bytes.isEmpty { return }
            guard let intent = AppendIntent(bytes) else {
                throw FileError(path: path(Self.lockPath), reason: "it holds what no append wrote")
            }
            for path in try leftOvers(intent, size: size) { try files.remove(self.path(path)) }
            for path in intent.paths where Tile(path: path) != nil { removeEmptyFolder(Paths.parent(of: path)) }
            try lock.write([])
        } catch {
            throw .file(error)
        }
    }

    /// Files of a killed append that the trail does not have, by their paths from its folder.
    package func leftOvers(_ intent: AppendIntent, size: Int) throws(FileError) -> [String] {
        let tiles = Set(Tile.all(of: size))
        var found: [String] = []
        for path in intent.paths where files.linkStatus(of: self.path(path))?.kind == .file {
            if let tile = Tile(path: path) {
                if !tiles.contains(tile) { found.append(path) }
            } else if let digest = EntryRecord.digest(ofPath: path), !isInUse(digest, size) {
                found.append(path)
            }
        }
        // Files that were being written, beside the names that they were to have.
        for folder in Set(intent.paths.map { Paths.parent(of: $0) } + [""]).sorted() {
            let names = (try? files.names(in: path(folder))) ?? []
            found += names.filter { $0.hasPrefix(FileContent.stagingPrefix) }.map {
                folder.isEmpty ? $0 : "\(folder)/\($0)"
            }
        }
        return found
    }

    /// Whether an entry has a record. Where that cannot be told it has.
    private func isInUse(_ digest: String, _ size: Int) -> Bool {
        let word = ByteSearch(Array("\"record\":\"\(digest)\"".utf8))
        return Tile.all(of: size).contains { tile in
            guard tile.content == .entries else { return false }
            return (try? bundleBytes(tile)).map { word.isFound(in: $0[...]) } ?? true
        }
    }

    /// A partial tile and its folder, where that is empty then. That it stays harms nothing: the next append knows it.
    func removeTile(_ path: String) {
        try? files.remove(self.path(path))
        removeEmptyFolder(Paths.parent(of: path))
    }

    private func removeEmptyFolder(_ path: String) {
        let path = self.path(path)
        if path.hasSuffix(".p"), (try? files.names(in: path))?.isEmpty == true { try? files.remove(path) }
    }

    /// No link below the trail's folder is followed: one would lead what is written somewhere else.
    func requireFolders(above relative: String) throws(FileError) {
        var path = folder
        for part in [""] + relative.split(separator: "/").dropLast().map(String.init) {
            if !part.isEmpty { path = Paths.joined(path, part) }
            switch files.linkStatus(of: path)?.kind {
            case nil, .folder: break
            default: throw FileError(path: path, reason: "something else stands where a folder of the trail is needed")
            }
        }
    }
}
