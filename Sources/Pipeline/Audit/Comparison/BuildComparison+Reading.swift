package import Diagnostics
import Documents
import Values
package import Workspace

/// What is compared, as a person names it.
extension BuildComparison {
    /// - Parameters:
    ///   - old: An entry of the trail (`3`, `latest~1`, `proxy~1`), or a results file.
    ///   - new: The same; nil for the latest entry of the old one's report.
    package static func reading(
        _ old: String, _ new: String?, in trail: AuditTrail, _ workspace: WorkspaceContext
    ) throws(Diagnostic) -> BuildComparison {
        let first = try ComparedBuild(named: old, in: trail, workspace)
        let second = try ComparedBuild(named: new ?? first.report, in: trail, workspace)
        return BuildComparison(first, second)
    }
}

extension ComparedBuild {
    init(named text: String, in trail: AuditTrail, _ workspace: WorkspaceContext) throws(Diagnostic) {
        if Paths.pathExtension(of: text) == "json", let path = workspace.existingPath(text) {
            try self.init(resultsFile: path, named: text, in: workspace)
            return
        }
        let number = try trail.number(text)
        let (entry, record) = try trail.build(number)
        self.init(entry, number: number, record)
    }
}
