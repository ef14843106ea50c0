import Digests
import Execution
import Parallelism
import Values
import Workspace

/// What an earlier build of a site wrote, and of what: kept below `.report/sites` under the user's key, so that no cloned
/// project can name files to remove.
struct SiteManifest {
    /// A file to be written: its bytes, or where they lie.
    struct File: Sendable {
        /// From the site's root.
        var path: String
        var sha256: String
        var content: Content

        enum Content: Sendable {
            case bytes([UInt8])
            /// An absolute path, and the size.
            case copy(String)
        }

        init(path: String, bytes: [UInt8]) {
            self.path = path
            sha256 = Digests.sha256(bytes)
            content = .bytes(bytes)
        }

        init(path: String, copyOf source: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
            content = .copy(source)
        }
    }

    /// The reason of the error where a folder has files that are not the site's.
    static let foreign = "it is not a file of the site"

    private let entries: BuildCache?
    private let name: String
    private let files: any FileSystem
    let digests: FileDigests
    private let old: [String: String]
    private let oldGround: String?
    private let oldPages: Int

    /// - Parameters:
    ///   - entries: nil to know nothing of earlier builds.
    ///   - folder: The site's, as the project shows it, so that a project may be moved.
    init(in entries: BuildCache?, of folder: String, files: any FileSystem) {
        self.entries = entries
        self.files = files
        digests = entries?.digests ?? FileDigests(files)
        name = sha256("site \(folder)".utf8)
        let value = entries?.value(name)
        var old: [String: String] = [:]
        for (path, digest) in value?["files"]?.object ?? [:] { old[path] = digest.string }
        self.old = old
        oldGround = value?["ground"]?.string
        oldPages = value?["pages"]?.number.map { Int($0) } ?? 0
    }

    /// How many pages the site has, where it stands as an earlier build left it and that built it of the same; else nil.
    func pages(of ground: String, in folder: OutputFolder) -> Int? {
        guard ground == oldGround, !old.isEmpty else { return nil }
        let isSame = old.allSatisfy { has($0.key, $0.value, in: folder) }
        return isSame ? oldPages : nil
    }

    private func has(_ path: String, _ digest: String, in folder: OutputFolder) -> Bool {
        let full = Paths.joined(folder.root, path)
        return files.linkStatus(of: full)?.kind == .file && (try? digests.digest(of: full).sha256) == digest
    }

    /// Throws `foreign` where something stands in the way that no site wrote.
    func requireOwn(_ folder: OutputFolder, among new: [File]) throws(FileError) {
        guard old.isEmpty else { return }
        let index = Paths.joined(folder.root, "index.html")
        let head = try? files.contents(of: index, limit: 64 << 20)
        // Who lost the manifest still has the site.
        let mark = Array("<meta name=\"generator\" content=\"report ".utf8)
        if let head, head.firstRange(of: mark) != nil { return }
        for file in new {
            let path = Paths.joined(folder.root, file.path)
            if files.linkStatus(of: path) != nil, !has(file.path, file.sha256, in: folder) {
                throw FileError(path: path, reason: Self.foreign)
            }
        }
    }

    /// Writes what is not there yet, all or nothing, then removes what earlier builds wrote and the site has no more.
    func write(
        _ new: [File], to folder: OutputFolder, ground: String, pages: Int
    ) throws(FileError) -> (written: [String], removed: [String]) {
        let next = Dictionary(new.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        let isThere = concurrentMap(new.count) { has(new[$0].path, new[$0].sha256, in: folder) }
        let changed = zip(new, isThere).filter { !$1 }.map(\.0).sorted { $0.path < $1.path }
        var contents: [FileContent] = []
        for file in changed {
            let bytes: [UInt8]
            switch file.content {
            case .bytes(let made): bytes = made
            case .copy(let source): bytes = try files.contents(of: source, limit: LinkedFiles.limit)
            }
            contents.append(FileContent(path: try folder.place(of: file.path), bytes: bytes, isDurable: false))
        }
        // What is about to be written is known as the site's even if the program is ended in between.
        if !changed.isEmpty { keep(old.merging(next) { $1 }, ground: nil, pages: pages) }
        try files.replace(contents)
        var kept = next
        var removed: [String] = []
        for (path, digest) in old.sorted(by: { $0.key < $1.key }) where next[path] == nil {
            switch folder.remove(path, sha256: digest, below: String(path.prefix { $0 != "/" })) {
            case .removed: removed.append(path)
            case .isOther: break
            case .failed: kept[path] = digest
            }
        }
        keep(kept, ground: ground, pages: pages)
        return (changed.map(\.path), removed)
    }

    private func keep(_ files: [String: String], ground: String?, pages: Int) {
        let list = files.sorted { $0.key < $1.key }.map { ($0.key, Value.string($0.value)) }
        entries?.store(
            [
                "ground": ground.map { .string($0) } ?? .null, "pages": Value(pages),
                "files": .object(Object(list)),
            ], name)
    }
}
