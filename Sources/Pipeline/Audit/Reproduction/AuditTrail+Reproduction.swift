package import Diagnostics
import Ledger
package import Workspace

extension AuditTrail {
    /// Makes the build of an entry again.
    ///
    /// - Returns: The diagnostics say what building had to say, or what of the entry's files is lost.
    package func reproduce(
        _ entry: String, _ options: BuildOptions, in workspace: WorkspaceContext, trust: Trust,
        onEvent: (Build.Event) -> Void
    ) throws(Diagnostic) -> (reproduction: Reproduction?, diagnostics: [Diagnostic]) {
        let number = try number(entry)
        let (found, record) = try build(number)
        let (reproduction, faults) = Reproduction.run(
            found, number: number, record: record, of: project, output: location.output, options, in: workspace,
            trust: trust, onEvent: onEvent)
        // What was said of a build that succeeded was said then.
        let said = reproduction.map { $0.isBuilt ? [] : $0.diagnostics } ?? faults
        return (reproduction, said)
    }
}

extension Reproduction {
    /// Writes what was made again to a folder that a person named.
    package func write(to folder: String, in workspace: WorkspaceContext) throws(Diagnostic) {
        let output = OutputFolder(named: workspace.absolute(folder), workspace: workspace)
        do throws(FileError) {
            try output.write(files.filter { $0.state != .missing }.map { ($0.path, $0.bytes) }, name: report)
        } catch {
            throw .error(
                .unwritableOutput, "What was made again cannot be kept: \(error.path): \(error.reason)", at: nil)
        }
    }
}
