import ArgumentParser
import Diagnostics
import Pipeline
import Reports
import Workspace

/// `report fix`.
struct FixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix", abstract: "Applies the fixes that diagnostics propose.",
        discussion: """
            A fix is applied where a diagnostic proposes exactly one, such as the only word near a misspelt one. Numbers of \
            claims are not touched; `report build --accept` rewrites those. Prints what it changes as a diff.
            """)

    @OptionGroup var analyses: AnalysisArguments

    @Flag(name: .customLong("dry-run"), help: "Print the diff and change nothing.")
    var dryRun = false

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        var options = machine.options
        options.writesReports = false
        let build = machine.build(options)
        // A fix may bring to light what stood behind the fault; a few rounds reach the end of that.
        for round in 0..<(dryRun ? 1 : 5) {
            let (general, outcomes) = build.run(analyses.paths) { console.show($0) }
            console.clearProgress()
            var isChanged = false
            for outcome in outcomes {
                let fixes = outcome.diagnostics.filter { $0.fixIts.count == 1 && $0.code != .claimFails }
                    .flatMap(\.fixIts)
                try console.apply(fixes, of: outcome.analysis.project, in: machine.workspace, isDry: dryRun)
                isChanged = isChanged || !fixes.isEmpty
            }
            if isChanged, !dryRun, round < 4 { continue }
            let left = general + outcomes.flatMap(\.diagnostics)
            console.show(left)
            if left.hasErrors { throw ExitCode(1) }
            return
        }
    }
}

extension Console {
    /// Prints fixes as a diff and, unless it is a dry run, writes them.
    func apply(
        _ fixes: [Diagnostic.FixIt], of project: Project, in workspace: WorkspaceContext, isDry: Bool
    ) throws(ExitCode) {
        for edit in SourceEdits.plan(fixes) {
            say(edit.diff)
            guard !isDry else { continue }
            try write(edit, in: project, workspace)
        }
    }

    /// Writes an edit of a file.
    func write(
        _ edit: SourceEdits.FileEdit, in project: Project, _ workspace: WorkspaceContext
    ) throws(ExitCode) {
        do throws(FileError) {
            try SourceEdits.write(edit, in: project, workspace)
        } catch {
            show([.error(.unwritableOutput, "The file \(edit.shown) cannot be written: \(error.reason)", at: nil)])
            throw ExitCode(1)
        }
    }
}
