import Workspace

/// A folder of the project in which a publication is made ready, empty at first and gone afterwards.
struct ScratchFolder {
    /// Absolute.
    let path: String
    private let files: any FileSystem

    init(of project: Project, in workspace: WorkspaceContext) throws(FileError) {
        files = workspace.files
        path = try OutputFolder(in: project, ".report/publish", workspace: workspace).root
        try files.removeTree(path)
    }

    /// What is left here goes with the next publication.
    func remove() { try? files.removeTree(path) }

    /// Writes a file, which has the bytes of another where it can share them.
    func add(_ name: String, sharing source: String, bytes: () throws(FileError) -> [UInt8]) throws(FileError) {
        let place = Paths.joined(path, name)
        if (try? files.share(source, as: place)) != nil { return }
        try write(name, try bytes())
    }

    func write(_ name: String, _ bytes: [UInt8]) throws(FileError) {
        try files.replace([FileContent(path: Paths.joined(path, name), bytes: bytes, isDurable: false)])
    }
}
