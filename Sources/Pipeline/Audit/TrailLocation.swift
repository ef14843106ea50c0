package import Diagnostics
import Documents
package import Workspace

/// Where the audit trail of a project lies, and the folder of the reports that it is about.
package struct TrailLocation: Sendable, Hashable {
    /// The trail's own folder, absolute: `output/audit`, or what `report.yaml` says.
    package var folder: String
    /// The output folder, absolute: reports, and history pages below `audit/history`.
    package var output: String
    /// What `report.yaml` calls the trail.
    package var origin: String?

    /// The location for a project whose reports lie in its output folder or in `output`, as a person typed it.
    ///
    /// Like everything that a cloned project says, a path that leads outside it is followed only with trust; inside, no
    /// symbolic link may stand on the way, nor be what the folder is.
    ///
    /// - Parameter trusts: Whether a project is trusted for this run.
    package init(
        of project: Project, output: String?, trusts: (Project) -> Bool, in workspace: WorkspaceContext
    ) throws(Diagnostic) {
        var faults: [Diagnostic] = []
        let settings = ProjectSettings.load(of: project, in: workspace, diagnostics: &faults).audit
        if let fault = faults.first(where: { $0.severity == .error }) { throw fault }
        origin = settings.origin
        let outside = output == nil ? settings.path.flatMap { TrailLocation.outside($0.text, project) } : nil
        if outside != nil, !trusts(project) {
            throw .error(
                .untrustedTrail, "An audit trail outside the project is used once `report trust` has been said",
                at: settings.path?.range)
        }
        do throws(FileError) {
            let reports =
                if let output { OutputFolder(named: workspace.absolute(output), workspace: workspace) } else {
                    try OutputFolder(in: project, "output", workspace: workspace)
                }
            self.output = reports.root
            if let outside {
                folder = workspace.files.realPath(of: outside) ?? outside
            } else if output == nil, let path = settings.path {
                let inside = Paths.relative(Paths.normalised(Paths.joined(project.root, path.text)), to: project.root)
                folder = try OutputFolder(in: project, inside, workspace: workspace).root
            } else {
                folder = try reports.folder("audit")
            }
        } catch {
            throw .error(
                .unusableTrail, "The audit trail cannot lie in \(project.shown(error.path)): \(error.reason)", at: nil)
        }
    }

    /// The absolute path of a folder that is not the project's.
    private static func outside(_ path: String, _ project: Project) -> String? {
        let place = Paths.normalised(Paths.joined(project.root, path))
        return Paths.isInside(place, project.root) ? nil : place
    }
}
