import Values
package import Workspace

/// Growing a trail.
///
/// One batch: its records and tiles are written and brought to the disk by one flush, then the checkpoint is put in place by
/// an atomic rename, which is the moment at which all of them are in the trail, and a second flush holds that fast. A process
/// that ends before leaves the trail as it was, with files that nothing speaks of (`AppendIntent`); one that ends after
/// leaves it grown. Partial tiles of the old size go at last: a reader of a disk does not ask for an old one by name, as a
/// client of a server might, and without them a tile has one form.
extension TransparencyLog {
    /// Appends entries with their records, and returns their numbers.
    ///
    /// Fills each entry's `previous` and, where lists had to be moved, its record.
    /// - Parameters:
    ///   - signer: nil leaves the checkpoint without a signature.
    ///   - name: The origin of a log that has none yet; else it is the first signer's name.
    ///   - time: How long to wait for another process that appends.
    @discardableResult
    package func append(
        _ batch: [(entry: LedgerEntry, record: EntryRecord)], signer: SigningKey?, origin name: String? = nil,
        waiting time: Duration = .seconds(10)
    ) throws(LedgerError) -> Range<Int> {
        let lock = try hold(time)
        defer { lock.release() }
        try sweep(lock)
        let old = try checkpoint()
        let size = old?.size ?? 0
        guard !batch.isEmpty else { return size..<size }
        try requireIntact(old, signer)
        let (leaves, records) = try prepared(batch, size)
        let new = try NewTiles(self, size: size, adding: leaves)
        let origin = old.map(\.checkpoint.origin).flatMap { $0 == Checkpoint.unsignedOrigin ? nil : $0 }
        let checkpoint = try SignedCheckpoint(
            Checkpoint(
                origin: origin ?? name ?? signer?.name ?? Checkpoint.unsignedOrigin, size: new.size, root: new.root),
            signer: signer)
        let contents = records + new.tiles.map { (path: $0.tile.path, bytes: $0.bytes) }
        let intent = AppendIntent(paths: contents.map(\.path) + new.superseded.map(\.path))
        do throws(FileError) {
            try lock.write(intent.bytes)
            try write(contents, then: checkpoint)
        } catch {
            // Where even that fails the list stays, and the next append does it.
            try? sweep(lock)
            throw .file(error)
        }
        for tile in new.superseded { removeTile(tile.path) }
        try? lock.write([])
        return size..<new.size
    }

    /// Keeps appends out, and whoever else holds the trail, until the lock is released.
    package func hold(_ time: Duration = .seconds(10)) throws(LedgerError) -> any FileLock {
        let lock: (any FileLock)?
        do throws(FileError) {
            try requireFolders(above: Self.lockPath)
            lock = try files.lock(path(Self.lockPath), waiting: time)
        } catch {
            throw .file(error)
        }
        guard let lock else { throw .busy(path: path(Self.lockPath)) }
        return lock
    }

    /// What the checkpoint says must be what the edge of the tree is, or a new checkpoint would hide that it was not.
    private func requireIntact(_ old: SignedCheckpoint?, _ signer: SigningKey?) throws(LedgerError) {
        guard let old else {
            // A trail without its checkpoint would be overwritten by one that begins anew.
            guard (try? files.names(in: path("tile")))?.isEmpty ?? true else {
                throw .damaged(path: Self.checkpointPath, reason: "it is missing, and there are tiles")
            }
            return
        }
        if let signer, case .forged = old.note.verdict(of: [signer.verifyingKey]) {
            throw .damaged(path: Self.checkpointPath, reason: "the signature of \(signer.name) is not that of its text")
        }
        guard try tree(of: old.size).root() == old.root else {
            throw .damaged(path: Self.checkpointPath, reason: "its root is not that of the tiles")
        }
        guard old.size % Tile.fullWidth > 0 else { return }
        let last = Tile.holding(old.size - 1, of: old.size, .entries)
        let hashes = try hashes(Tile.holding(old.size - 1, of: old.size, .hashes(level: 0)))
        for (offset, leaf) in try bundle(last).prefix(last.width).enumerated() where .leaf(leaf) != hashes[offset] {
            throw .damaged(path: last.path, reason: "entry \(last.range.lowerBound + offset) is not what was appended")
        }
    }

    /// The leaves of a batch, and the records that are not there yet.
    private func prepared(
        _ batch: [(entry: LedgerEntry, record: EntryRecord)], _ size: Int
    ) throws(LedgerError) -> (leaves: [[UInt8]], records: [(path: String, bytes: [UInt8])]) {
        var previous = try latest(reports: batch.map(\.entry.report)).mapValues(\.index)
        var leaves: [[UInt8]] = []
        var records: [(path: String, bytes: [UInt8])] = []
        var known: Set<String> = []
        for (offset, var (entry, record)) in batch.enumerated() {
            entry.previous = previous[entry.report]
            previous[entry.report] = size + offset
            (entry, record) = try entry.fitted(record)
            let (leaf, bytes) = (entry.leaf, record.value.canonicalBytes)
            // What could not be read again must not become part of what cannot be taken back.
            guard LedgerEntry(leaf: leaf, lists: entry.lists.map { Value.object($0).canonicalBytes }) != nil,
                EntryRecord(file: bytes) != nil
            else { throw .damaged(path: "the entry of \(entry.report)", reason: "it could not be read back") }
            leaves.append(leaf)
            let path = EntryRecord.path(entry.record)
            guard known.insert(path).inserted, (try? contents(path, limit: bytes.count)) != bytes else { continue }
            records.append((path, bytes))
        }
        return (leaves, records)
    }

    private func write(
        _ contents: [(path: String, bytes: [UInt8])], then checkpoint: SignedCheckpoint
    ) throws(FileError) {
        for content in contents { try requireFolders(above: content.path) }
        try files.replace(contents.map { FileContent(path: path($0.path), bytes: $0.bytes, isDurable: false) })
        try files.settle(contents.map { path($0.path) }, in: folder)
        try files.replace([FileContent(path: path(Self.checkpointPath), bytes: checkpoint.bytes)])
        try files.settle([path(Self.checkpointPath)], in: folder)
    }
}
