package import Diagnostics
import Documents
package import Workspace

extension Publication {
    /// Where a project's `report.yaml` says that it is published: used where a person names no target, and the project is trusted.
    /// What a stranger's project says would send the user's files, by the user's keys, to wherever the stranger likes.
    ///
    /// - Parameter trust: Which projects are.
    package static func targets(
        of project: Project, in workspace: WorkspaceContext, trust: Trust
    ) throws(Diagnostic) -> [Target] {
        var faults: [Diagnostic] = []
        let settings = ProjectSettings.load(of: project, in: workspace, diagnostics: &faults).publish
        if let fault = faults.first(where: { $0.severity == .error }) { throw fault }
        guard let range = settings.range else {
            throw .error(
                .noTarget, "A publication has a target: --to, --git, --rsync or --into, or publish in report.yaml",
                at: nil)
        }
        // A path in the file is one from where the file is.
        func place(_ text: String) -> String { Paths.joined(project.root, text) }
        var targets: [Target] = []
        if let folder = settings.folder { targets.append(.folder(place(folder.text))) }
        if let git = settings.git {
            let isPath = git.text.hasPrefix("./") || git.text.hasPrefix("../")
            targets.append(
                .git(
                    GitBranch(
                        remote: isPath ? place(git.text) : git.text, branch: settings.branch ?? "gh-pages",
                        keepsHistory: settings.keepsHistory)))
        }
        if let rsync = settings.rsync {
            let isPath = rsync.text.hasPrefix("./") || rsync.text.hasPrefix("../")
            targets.append(.rsync(isPath ? place(rsync.text) : rsync.text))
        }
        if let mkdocs = settings.mkdocs { targets.append(.tree(.mkdocs, place(mkdocs.text))) }
        if let docusaurus = settings.docusaurus { targets.append(.tree(.docusaurus, place(docusaurus.text))) }
        guard trust.isTrusted(project) else {
            throw .error(
                .untrustedTarget, "Targets of a report.yaml are used once `report trust` has been said", at: range,
                notes: targets.map { .init("report publish \($0.arguments) is the same for once") })
        }
        return targets
    }
}

extension Publication.Target {
    /// As a person types it.
    var arguments: String {
        switch self {
        case .folder(let folder): "--to '\(folder)'"
        case .git(let branch):
            "--git '\(branch.remote)' --branch '\(branch.branch)'" + (branch.keepsHistory ? "" : " --orphan")
        case .rsync(let address): "--rsync '\(address)'"
        case .tree(let tool, let folder): "--into \(tool.rawValue) '\(folder)'"
        }
    }
}
