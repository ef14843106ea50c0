import Diagnostics
import Ledger
import Workspace

/// Every file of a trail's folder, by its path from there, and what stands in the way of one.
struct TrailListing {
    /// Regular files, sorted by the bytes of their paths.
    private(set) var files: [String] = []
    /// Links, pipes and the like, which no trail has.
    private(set) var others: [String] = []

    /// Deeper folders are not looked into; no trail has them, and what is there is unknown as a whole.
    private static let depthLimit = 12

    init(of ledger: TransparencyLog) throws(FileError) {
        try list("", ledger, depth: 0)
        files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private mutating func list(_ folder: String, _ ledger: TransparencyLog, depth: Int) throws(FileError) {
        for name in try ledger.files.names(in: folder.isEmpty ? ledger.folder : ledger.path(folder)) {
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            switch ledger.files.linkStatus(of: ledger.path(path))?.kind {
            case .file: files.append(path)
            case .folder where depth < Self.depthLimit: try list(path, ledger, depth: depth + 1)
            case nil: break
            default: others.append(path)
            }
        }
    }

    /// How many entries the bundles seem to hold by their names, where no checkpoint says it.
    var sizeOfBundles: Int {
        files.reduce(0) { size, path in
            guard let tile = Tile(path: path), tile.content == .entries else { return size }
            return max(size, tile.range.upperBound)
        }
    }
}
