/// What an append is about to write and to remove, in the lock file while it does so.
///
/// An append that is killed leaves files behind that no checkpoint speaks of. Because their names are known, the next append
/// removes them, and nothing else: what is in the folder for other reasons is for `report audit verify` to name. Between
/// appends the lock file is empty.
package struct AppendIntent: Sendable, Hashable {
    /// Tiles and records, by their paths from the trail's folder.
    package var paths: [String]

    package init(paths: [String]) { self.paths = paths }

    private static let heading = "appending"

    package var bytes: [UInt8] { Array(([Self.heading] + paths).map { $0 + "\n" }.joined().utf8) }

    /// nil for what no append wrote. A last line that is cut off is passed over: nothing of it was begun then.
    package init?(_ bytes: [UInt8]) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let rest = lines.removeLast()
        paths = []
        if lines.isEmpty {
            guard Self.heading.utf8.starts(with: rest) else { return nil }
            return
        }
        guard lines[0].elementsEqual(Self.heading.utf8) else { return nil }
        for line in lines.dropFirst() {
            guard let path = String(validating: line, as: UTF8.self), Self.isOfTrail(path) else { return nil }
            paths.append(path)
        }
    }

    private static func isOfTrail(_ path: String) -> Bool {
        Tile(path: path) != nil || EntryRecord.digest(ofPath: path) != nil
    }

    /// The longest that is read: an append of a hundred thousand entries.
    package static let limit = 16 << 20
}
