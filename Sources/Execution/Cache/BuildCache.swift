import Digests
import Synchronization
package import Values
package import Workspace

/// What earlier builds made, each entry under the digest of everything that it depends on.
///
/// An entry carries a code under a key of the user's that lies outside the project, so one that is truncated, damaged, or
/// came with a cloned project is not believed and counts as absent. Entries are replaced whole, so any number of builds
/// may share a cache. They lie in one folder without sub-folders: no link in a project can lead a write elsewhere.
package final class BuildCache: Sendable {
    private let files: any FileSystem
    private let folder: String
    private let key: [UInt8]
    private let reading: Reading
    package let digests: FileDigests
    private let hasStored = Atomic(false)

    /// What of a cache is believed.
    package enum Reading: Sendable {
        case everything
        /// All but the digests of files, which a build reads for its own ends.
        case entries
        /// Nothing: entries are written only.
        case nothing
    }

    private static let magic = Array("report cache 1\n".utf8)
    private static let codeLength = 32
    /// No entry is larger: 256 MiB.
    private static let entryLimit = 256 << 20

    /// - Parameters:
    ///   - folder: Absolute, and really where it seems to be.
    ///   - key: The user's, 32 bytes.
    package init(_ files: any FileSystem, folder: String, key: [UInt8], reading: Reading = .everything) {
        self.files = files
        self.reading = reading
        self.folder = folder
        self.key = key
        digests = FileDigests(files)
        if reading == .everything, let (value, stamp) = read(BuildCache.digestsName) {
            digests.load(value, writtenAt: stamp)
        }
    }

    private static let digestsName = sha256("file digests".utf8)

    /// The entry of that name, 64 hexadecimal digits; nil where there is none to believe.
    package func value(_ name: String) -> Value? {
        guard reading != .nothing, let (value, stamp) = read(name) else { return nil }
        if stamp != nil { files.touch(path(name)) }
        return value
    }

    /// Whether there is an entry of that name, to be believed or not.
    package func mayHave(_ name: String) -> Bool {
        reading != .nothing && files.linkStatus(of: path(name))?.kind == .file
    }

    private func read(_ name: String) -> (value: Value, stamp: FileStamp?)? {
        let path = path(name)
        guard let status = files.linkStatus(of: path), status.kind == .file,
            let bytes = try? files.contents(of: path, limit: BuildCache.entryLimit)
        else { return nil }
        let head = BuildCache.magic.count + BuildCache.codeLength
        guard bytes.count >= head, bytes.starts(with: BuildCache.magic) else { return nil }
        let code = Array(bytes[BuildCache.magic.count..<head])
        let payload = Array(bytes[head...])
        guard isAuthentic(code, of: Array(name.utf8) + payload, key: key) else { return nil }
        return Value(binary: payload).map { ($0, status.stamp) }
    }

    /// Keeps an entry. That it cannot be written is no fault: it is computed again next time.
    package func store(_ value: Value, _ name: String) {
        let payload = value.binary
        guard payload.count < BuildCache.entryLimit else { return }
        let code = authenticationCode(of: Array(name.utf8) + payload, key: key)
        hasStored.store(true, ordering: .relaxed)
        // A torn entry fails its code, so none waits for the disk.
        try? files.replace([FileContent(path: path(name), bytes: BuildCache.magic + code + payload, isDurable: false)])
    }

    /// Keeps what was learned of files' digests and, where anything was kept, holds the cache to `limit` bytes.
    package func close(limit: Int) {
        if let value = digests.changedValue { store(value, BuildCache.digestsName) }
        if hasStored.load(ordering: .relaxed) { prune(to: limit) }
    }

    /// Digests of some variables' values, which tell nothing of them to who lacks the user's key.
    ///
    /// No entry's code can be had this way: what it covers begins with hexadecimal digits.
    package func digests(of variables: [String], in environment: [String: String]) -> EnvironmentDigests {
        EnvironmentDigests(
            variables.map { name in
                let state = environment[name].map { "is \($0)" } ?? "is not set"
                let code = authenticationCode(of: Array("variable \(name) \(state)".utf8), key: key)
                return EnvironmentDigests.Variable(name: name, digest: hexadecimal(code))
            })
    }

    private func path(_ name: String) -> String { Paths.joined(folder, name) }

    /// Removes entries, those not used for longest first, until what is left takes no more than `limit` bytes.
    ///
    /// - Returns: How many were removed, and the bytes before and after.
    @discardableResult
    package func prune(to limit: Int) -> (removed: Int, before: Int, after: Int) {
        BuildCache.prune(folder, to: limit, files)
    }

    /// The same of a folder whose key is not at hand.
    @discardableResult
    package static func prune(
        _ folder: String, to limit: Int, _ files: any FileSystem
    ) -> (removed: Int, before: Int, after: Int) {
        var entries: [(name: String, size: Int, time: Int64)] = []
        for name in (try? files.names(in: folder)) ?? [] where isEntry(name) {
            guard let status = files.linkStatus(of: Paths.joined(folder, name)), status.kind == .file else { continue }
            entries.append((name, status.size, status.stamp?.modified ?? 0))
        }
        let before = entries.reduce(0) { $0 + $1.size }
        var after = before
        var removed = 0
        for entry in entries.sorted(by: { ($0.time, $0.name) < ($1.time, $1.name) }) where after > limit {
            guard (try? files.remove(Paths.joined(folder, entry.name))) != nil else { continue }
            after -= entry.size
            removed += 1
        }
        return (removed, before, after)
    }

    private static func isEntry(_ name: String) -> Bool {
        name.utf8.count == 64 && name.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
