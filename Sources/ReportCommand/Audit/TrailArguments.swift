import ArgumentParser
import Diagnostics
import Pipeline
import Workspace

/// Which audit trail a command is about.
struct TrailArguments: ParsableArguments {
    @Option(
        name: .long, help: "The output folder that the trail is of. (default: output in the project's root)",
        completion: .directory)
    var output: String?

    /// Runs what a command does with the trail, and shows why it could not.
    ///
    /// - Parameter path: A file or folder of the project; nil for the working folder.
    func run(
        _ reporting: ReportingOptions, near path: String? = nil,
        _ body: (AuditTrail, WorkspaceContext, Console) throws(Diagnostic) -> Void
    ) throws(ExitCode) {
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        do throws(Diagnostic) {
            let trail = try AuditTrail(of: path ?? ".", output: output, in: machine.workspace, trust: machine.trust)
            try body(trail, machine.workspace, console)
        } catch {
            console.show([error])
            throw ExitCode(1)
        }
    }
}
