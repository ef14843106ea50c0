import ArgumentParser
import Diagnostics
import Pipeline
import Reports
import Workspace

/// `report build`.
struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Builds analyses into HTML, Markdown and JSON reports.",
        discussion: """
            Each analysis is built alone. One with errors leaves its old report as it was, and what could be computed under \
            .report/failed/. Exit codes: 0 built, 1 errors, 64 usage, 70 a fault of report itself.
            """)

    @Argument(help: "Analyses, or folders of them.", completion: .file(extensions: ["md"]))
    var paths: [String]

    @OptionGroup var arguments: BuildArguments

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        let build = Build(
            arguments.options(on: machine), in: machine.workspace, trust: machine.trust, cache: machine.cache)
        let (general, outcomes) = try console.run(build, of: paths, accepting: arguments.accept, in: machine.workspace)
        console.show(general)
        for outcome in outcomes {
            if arguments.explain { console.explain(outcome) }
            console.show(outcome, in: machine.workspace)
        }
        if general.hasErrors || outcomes.contains(where: { !$0.succeeded }) { throw ExitCode(1) }
    }
}

extension Console {
    /// Builds with progress shown; where claims are to be accepted, rewrites them and builds again.
    func run(
        _ build: Build, of paths: [String], accepting: Bool, in workspace: WorkspaceContext
    ) throws(ExitCode) -> (general: [Diagnostic], outcomes: [Build.Outcome]) {
        var (general, outcomes) = build.run(paths) { show($0) }
        clearProgress()
        if accepting, try rewriteClaims(of: outcomes, in: workspace) {
            (general, outcomes) = build.run(paths) { show($0) }
            clearProgress()
        }
        return (general, outcomes)
    }

    /// Whether a number was rewritten. Conditions are never.
    private func rewriteClaims(of outcomes: [Build.Outcome], in workspace: WorkspaceContext) throws(ExitCode) -> Bool {
        var isChanged = false
        for rewrites in ClaimRewrites.plan(outcomes) {
            show(rewrites.diagnostics)
            try apply(rewrites.fixes, of: rewrites.project, in: workspace, isDry: false)
            isChanged = isChanged || !rewrites.fixes.isEmpty
        }
        return isChanged
    }
}
