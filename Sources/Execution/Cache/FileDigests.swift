import Datasets
import Digests
import Synchronization
import Values
package import Workspace

/// Digests of files, computed again only where a file's size, number or times differ from when it was last read.
///
/// A file that changed within a second before its digest was written down is read again: a later change in the same tick
/// of the clock would not show in its times.
package final class FileDigests: Sendable {
    private struct Known: Sendable {
        var size: Int
        var stamp: FileStamp
        var sha256: String
    }

    private struct State {
        var known: [String: Known] = [:]
        var hasChanged = false
    }

    private let files: any FileSystem
    private let state = Mutex(State())

    package init(_ files: any FileSystem) { self.files = files }

    /// The size and SHA-256 of a file's bytes.
    package func digest(of path: String) throws(FileError) -> (bytes: Int, sha256: String) {
        let status = files.status(of: path)
        if let status, let known = state.withLock({ $0.known[path] }), known.size == status.size,
            known.stamp == status.stamp
        {
            return (known.size, known.sha256)
        }
        let source = try files.open(path)
        var digest = StreamingDigest()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = try source.read(into: piece)
            guard count > 0 else { break }
            digest.update(UnsafeRawBufferPointer(rebasing: piece[0..<count]))
        }
        let result = (bytes: digest.byteCount, sha256: digest.finalize())
        // What changed while it was read is not remembered.
        if let status, let stamp = status.stamp, files.status(of: path) == status, status.size == result.bytes {
            state.withLock {
                $0.known[path] = Known(size: result.bytes, stamp: stamp, sha256: result.sha256)
                $0.hasChanged = true
            }
        }
        return result
    }

    /// What a file holds as long as its status stays, nil where a change might not show in that: it can be read, then, without
    /// finding out again what its bytes are.
    func known(_ path: String) -> Frame.Known? {
        guard let digest = try? digest(of: path), let status = files.status(of: path),
            let known = state.withLock({ $0.known[path] }), known.size == status.size, known.stamp == status.stamp,
            known.stamp.isSettled(before: .present)
        else { return nil }
        return Frame.Known(
            status: status, fingerprint: Frame.Fingerprint(bytes: digest.bytes, sha256: digest.sha256))
    }

    /// A large file whose digest is not known, as it is now; nil for any other, and where a change might not show.
    func unread(_ path: String) -> Frame.Known? {
        guard let status = files.status(of: path), status.kind == .file, status.size >= 1 << 24,
            let stamp = status.stamp, stamp.isSettled(before: .present),
            state.withLock({ $0.known[path]?.stamp != stamp })
        else { return nil }
        return Frame.Known(status: status, fingerprint: Frame.Fingerprint(bytes: status.size, sha256: ""))
    }

    /// Takes over what an earlier build wrote at a time.
    func load(_ value: Value, writtenAt: FileStamp?) {
        guard let writtenAt, let object = value.object else { return }
        for (path, entry) in object {
            guard let items = entry.list, items.count == 5, let size = items[0].number, let sha256 = items[4].string,
                let inode = items[1].string.flatMap({ UInt64($0) }),
                let modified = items[2].string.flatMap({ Int64($0) }),
                let changed = items[3].string.flatMap({ Int64($0) })
            else { continue }
            let stamp = FileStamp(inode: inode, modified: modified, changed: changed)
            guard stamp.isSettled(before: writtenAt) else { continue }
            state.withLock { $0.known[path] = Known(size: Int(size), stamp: stamp, sha256: sha256) }
        }
    }

    /// All that is known, where it is more than was loaded.
    var changedValue: Value? {
        state.withLock { state in
            guard state.hasChanged else { return nil }
            state.hasChanged = false
            let paths = state.known.keys.sorted()
            return .object(
                Object(
                    paths.map { path in
                        guard let known = state.known[path] else { return (path, .null) }
                        return (
                            path,
                            [
                                Value(known.size), .string("\(known.stamp.inode)"), .string("\(known.stamp.modified)"),
                                .string("\(known.stamp.changed)"), .string(known.sha256),
                            ]
                        )
                    }))
        }
    }
}
