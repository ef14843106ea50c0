import ArgumentParser
import Diagnostics
import Pipeline
import Workspace

extension Console {
    /// How what a site is made of is taken into the audit trail; with a key that cannot be used nothing is built.
    func auditOptions(trusting: Bool, on machine: Machine) throws(ExitCode) -> AuditRecorder.Options {
        do throws(Diagnostic) {
            var options = try AuditRecorder.Options(
                signedIn: machine.workspace, configurationHome: machine.configurationHome)
            options.trusts = trusting
            options.executable = machine.executable
            return options
        } catch {
            show([error])
            throw ExitCode(1)
        }
    }

    /// What is wrong with the reports of a site; those that are right are told by their pages.
    func show(_ reports: SiteBuild.Reports, in workspace: WorkspaceContext) {
        show(reports.diagnostics)
        for var outcome in reports.outcomes {
            if outcome.succeeded { outcome.files = [] }
            show(outcome, in: workspace)
        }
    }

    /// Where the site is, and what changed in it.
    func show(_ outcome: SiteBuild.Outcome, in workspace: WorkspaceContext) {
        show(outcome.diagnostics)
        guard let folder = outcome.folder else { return }
        say(Paths.relative(Paths.joined(folder, "index.html"), to: workspace.workingFolder))
        tell(
            "\(outcome.pages) page\(outcome.pages == 1 ? "" : "s"); "
                + (outcome.written.isEmpty && outcome.removed.isEmpty
                    ? "nothing changed"
                    : "\(outcome.written.count) file\(outcome.written.count == 1 ? "" : "s") written, \(outcome.removed.count) removed")
        )
    }
}
