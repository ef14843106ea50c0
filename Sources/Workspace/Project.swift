package import Diagnostics

/// A project: the folder that bounds what an analysis may read, and where its outputs go.
package struct Project: Sendable, Hashable {
    /// Absolute and real.
    package let root: String

    /// The project of a file: the nearest folder upwards that holds `report.yaml` or `Analyses/`, else the file's own.
    ///
    /// The search ends at the root of a git checkout (looked at, then no further), at a file-system boundary and at
    /// the home folder. A `report.yaml` of another owner is refused: it would set rules for someone else's files.
    package static func containing(
        _ file: String, in workspace: WorkspaceContext
    ) -> Result<Project, Diagnostic> {
        let files = workspace.files
        let own = Paths.parent(of: files.realPath(of: file) ?? Paths.normalised(file))
        let device = files.status(of: own)?.device
        let home = workspace.home.flatMap { files.realPath(of: $0) }
        var folder = own
        while true {
            let configuration = Paths.joined(folder, "report.yaml")
            if let status = files.status(of: configuration), status.kind == .file {
                guard status.owner == workspace.user || status.owner == 0 else {
                    return .failure(
                        .error(
                            .foreignConfiguration, "A project's report.yaml must belong to the user who builds it",
                            at: nil, notes: [.init("\(configuration) belongs to another user")]))
                }
                return .success(Project(root: folder))
            }
            if files.status(of: Paths.joined(folder, "Analyses"))?.kind == .folder {
                return .success(Project(root: folder))
            }
            let parent = Paths.parent(of: folder)
            if files.linkStatus(of: Paths.joined(folder, ".git")) != nil || parent == folder || parent == home
                || files.status(of: parent)?.device != device
            {
                return .success(Project(root: own))
            }
            folder = parent
        }
    }

    package init(root: String) { self.root = root }

    /// How a path inside the project is shown: from its root.
    package func shown(_ path: String) -> String { Paths.relative(path, to: root) }

    /// The name of an analysis's outputs below the output folder, without extension: its path less `Analyses/`.
    package func outputName(of analysis: String) -> String {
        var name = shown(analysis)
        if name.hasPrefix("Analyses/") { name = String(name.dropFirst("Analyses/".count)) }
        if let dot = name.lastIndex(of: "."), !name[dot...].contains("/") { name = String(name[..<dot]) }
        return name
    }

    /// The file that a path written in an analysis names: relative to the file it stands in, and after symbolic links
    /// a regular file inside the project.
    package func resolve(
        _ written: String, from file: SourceFile, in workspace: WorkspaceContext, at range: SourceRange?
    ) -> Result<String, Diagnostic> {
        if written.hasPrefix("/") || written.hasPrefix("~") || written.contains("\\") || written.contains("\0") {
            return .failure(
                .error(
                    .outsideProject, "A path is relative to the analysis and stays inside its project", at: range,
                    notes: [.init("\(written) is not a relative path with / between its parts")]))
        }
        let folder = Paths.parent(of: Paths.joined(root, file.path))
        // Not normalised first: `..` after a symbolic link means the link's target's parent, as the system has it.
        let path = Paths.joined(folder, written)
        guard let real = workspace.files.realPath(of: path) else {
            let normal = Paths.normalised(path)
            if !Paths.isInside(normal, root) { return .failure(outside(written, range)) }
            let near = nearestWord(
                to: Paths.lastComponent(of: normal),
                among: (try? workspace.files.names(in: Paths.parent(of: normal))) ?? [])
            let prefix = written.lastIndex(of: "/").map { String(written[...$0]) } ?? ""
            let fixes = near.flatMap { near in
                range.map { [Diagnostic.FixIt("did you mean \(prefix + near)?", replacing: $0, with: prefix + near)] }
            }
            return .failure(
                .error(
                    .missingFile, "The file \(shown(normal)) does not exist", at: range, fixIts: fixes ?? []))
        }
        guard Paths.isInside(real, root) else { return .failure(outside(written, range)) }
        guard workspace.files.status(of: real)?.kind == .file else {
            return .failure(.error(.notAFile, "A path names a regular file, which \(written) is not", at: range))
        }
        return .success(real)
    }

    private func outside(_ written: String, _ range: SourceRange?) -> Diagnostic {
        .error(
            .outsideProject, "An analysis reads nothing outside its project", at: range,
            notes: [.init("\(written) leads outside the project's folder once symbolic links are followed")])
    }
}

extension DiagnosticCode {
    package static let missingFile = DiagnosticCode(110, "missing-file")
    package static let notAFile = DiagnosticCode(111, "not-a-file")
    package static let outsideProject = DiagnosticCode(112, "outside-project")
    package static let foreignConfiguration = DiagnosticCode(113, "foreign-configuration")
    package static let unreadableFile = DiagnosticCode(114, "unreadable-file")
}
