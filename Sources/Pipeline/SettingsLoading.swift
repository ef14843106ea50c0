import Diagnostics
import Documents
import Workspace

extension ProjectSettings {
    /// The settings of a project, where it has a `report.yaml`; what is wrong in it is diagnosed and left out.
    ///
    /// The file obeys the rules for what an analysis names: a regular file inside the project once links are followed.
    /// That it belongs to the user was seen to when the project was found.
    static func load(
        of project: Project, in workspace: WorkspaceContext, diagnostics: inout [Diagnostic]
    ) -> ProjectSettings {
        let path = Paths.joined(project.root, fileName)
        guard workspace.files.linkStatus(of: path) != nil else { return ProjectSettings() }
        let loader = SourceLoader(workspace: workspace, project: project)
        let root = SourceFile(path: fileName, text: "")
        let found = project.resolve(fileName, from: root, in: workspace, at: nil).flatMap { loader.text($0, at: nil) }
        switch found {
        case .success(let source): return ProjectSettings(reading: source, diagnostics: &diagnostics)
        case .failure(let diagnostic):
            diagnostics.append(diagnostic)
            return ProjectSettings()
        }
    }
}
