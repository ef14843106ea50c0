import Diagnostics
import Ledger
import Workspace

/// The folder of a crate: files of the project and of its output folder, copied as long as they are what the entries recorded.
struct CrateFolder {
    /// Whether data files are left where they are.
    let leavesData: Bool
    let project: RecordedFiles
    let outputs: RecordedFiles
    /// The output folder's path in the crate.
    let outputFolder: String
    /// Absolute.
    let target: String
    let files: any FileSystem

    /// The digests of the files that were copied, by their paths in the crate.
    private(set) var held: [String: String] = [:]
    /// Files that are not what was recorded any more, each once.
    private(set) var changed: [String] = []

    init(
        leavesData: Bool, project: RecordedFiles, outputs: RecordedFiles, outputFolder: String, target: String,
        files: any FileSystem
    ) {
        self.leavesData = leavesData
        self.project = project
        self.outputs = outputs
        self.outputFolder = outputFolder
        self.target = target
        self.files = files
    }

    mutating func add(_ entry: LedgerEntry) throws(FileError) {
        for file in [entry.source] + entry.includes + (leavesData ? [] : entry.data) {
            try add(file, at: file.path, from: project)
        }
        for file in entry.files { try add(file, at: outputFolder + "/" + file.path, from: outputs) }
    }

    /// Copies a file under its path, unless another build's file has that.
    private mutating func add(
        _ file: LedgerEntry.File, at path: String, from source: RecordedFiles
    ) throws(FileError) {
        guard held[path] == nil, path != ProcessRunCrate.metadataPath else { return }
        guard let bytes = source.bytes(of: file) else {
            if !changed.contains(path) { changed.append(path) }
            return
        }
        try files.replace([FileContent(path: Paths.joined(target, path), bytes: bytes)])
        held[path] = file.sha256
    }

    /// Writes a file that no entry names.
    func write(_ path: String, _ bytes: [UInt8]) throws(FileError) {
        try files.replace([FileContent(path: Paths.joined(target, path), bytes: bytes)])
    }
}
