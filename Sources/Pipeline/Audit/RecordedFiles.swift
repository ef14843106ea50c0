import Digests
import Ledger
import Workspace

/// Files that entries of a trail name, as long as they are what was recorded.
///
/// A trail may be a stranger's, so its paths are not believed: nothing outside the folder is read, whatever they and the
/// symbolic links on the way say.
struct RecordedFiles {
    /// Larger files are not taken into memory.
    static let sizeLimit = 2 << 30

    let files: any FileSystem
    /// Absolute and real.
    let folder: String

    init(in folder: String, _ files: any FileSystem) {
        self.files = files
        self.folder = files.realPath(of: folder) ?? Paths.normalised(folder)
    }

    /// The bytes of a file; nil where it is gone or changed, and for a path that leads out of the folder.
    func bytes(of file: LedgerEntry.File) -> [UInt8]? {
        guard let path = path(file.path), let status = files.status(of: path), status.kind == .file,
            status.size == file.bytes, let bytes = try? files.contents(of: path, limit: RecordedFiles.sizeLimit),
            sha256(bytes) == file.sha256
        else { return nil }
        return bytes
    }

    /// Where a file really lies; nil where nothing does, or outside the folder.
    func path(_ relative: String) -> String? {
        guard RecordedFiles.isPlain(relative), let real = files.realPath(of: Paths.joined(folder, relative)),
            Paths.isInside(real, folder)
        else { return nil }
        return real
    }

    /// Whether a path goes only downwards, and is the shortest that does.
    static func isPlain(_ path: String) -> Bool {
        !path.contains("\0") && !path.contains("\\")
            && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty && $0 != "." && $0 != ".."
            }
    }
}
