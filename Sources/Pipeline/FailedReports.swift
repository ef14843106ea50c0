import Documents
import Workspace

/// What reports that failed came to, below `.report/failed` or the preview's drafts: a partial form goes once its report is
/// built.
struct FailedReports: Sendable {
    private let folder: OutputFolder

    /// nil where no report of the project failed.
    init?(of project: Project, below name: String, in workspace: WorkspaceContext) {
        guard let folder = try? OutputFolder(in: project, name, workspace: workspace),
            workspace.files.linkStatus(of: folder.root) != nil
        else { return nil }
        self.folder = folder
    }

    /// Removes a report's partial form and its figures, and folders which that leaves empty. What cannot be removed stays.
    ///
    /// - Parameter name: The report's below the output folder.
    func remove(_ name: String) {
        for format in FrontMatter.Format.allCases { folder.discard("\(name).\(format.rawValue)") }
        folder.discardFigures(of: name)
    }
}

extension OutputFolder {
    /// Removes a file and then folders that this leaves empty, the output folder itself among them.
    fileprivate func discard(_ path: String) {
        let full = Paths.joined(root, path)
        guard isReal(Paths.parent(of: full)), workspace.files.linkStatus(of: full)?.kind == .file,
            (try? workspace.files.remove(full)) != nil
        else { return }
        var folder = Paths.parent(of: full)
        while Paths.isInside(folder, root), (try? workspace.files.names(in: folder))?.isEmpty == true,
            (try? workspace.files.remove(folder)) != nil
        { folder = Paths.parent(of: folder) }
    }

    fileprivate func discardFigures(of name: String) {
        let folder = name + "_files"
        let full = Paths.joined(root, folder)
        guard isReal(full) else { return }
        for file in (try? workspace.files.names(in: full)) ?? [] where Paths.pathExtension(of: file) == "svg" {
            discard("\(folder)/\(file)")
        }
    }

    /// Whether a folder is there and no symbolic link leads to it.
    private func isReal(_ path: String) -> Bool { workspace.files.realPath(of: path) == path }
}
