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

    @OptionGroup var analyses: AnalysisArguments

    @OptionGroup var arguments: BuildArguments

    @Flag(name: .customLong("no-ledger"), help: "Leave no entries in the audit trail.")
    var noLedger = false

    @Option(name: .long, help: "Why, for the audit trail: an entry for each report, changed or not.")
    var note: String?

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
        if noLedger, note != nil {
            throw ValidationError("--note is kept in the audit trail, which --no-ledger leaves out.")
        }
        if note != nil, arguments.drafting.isDraft {
            throw ValidationError("--note is kept in the audit trail, in which a draft of --sample has no entry.")
        }
    }

    func run() throws {
        let interruption = Interruption()
        defer { interruption.finish() }
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        let isUnrecorded = noLedger || arguments.drafting.isDraft
        let audit = try isUnrecorded ? nil : console.auditOptions(arguments, note: note, on: machine)
        var options = arguments.options(on: machine)
        options.isSigned = audit?.signer != nil
        let build = machine.build(options)
        var (general, outcomes) = try console.run(
            build, of: analyses.paths, accepting: arguments.accept, in: machine.workspace)
        console.show(general)
        for outcome in outcomes {
            if arguments.explain { console.explain(outcome) }
            console.show(outcome, in: machine.workspace)
        }
        if let audit {
            general += console.record(outcomes, audit, isCached: !arguments.computing.running.noCache, on: machine)
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

    /// How what is built is taken into the audit trail; with a key that cannot be used nothing is built.
    func auditOptions(
        _ arguments: BuildArguments, note: String?, on machine: Machine
    ) throws(ExitCode) -> AuditRecorder.Options {
        do throws(Diagnostic) {
            var options = try AuditRecorder.Options(
                signedIn: machine.workspace, configurationHome: machine.configurationHome)
            options.output = arguments.output
            options.note = note
            options.trusts = arguments.computing.running.trust
            options.executable = machine.executable
            return options
        } catch {
            show([error])
            throw ExitCode(1)
        }
    }

    /// Leaves entries of what was built, and says what was wrong.
    func record(
        _ outcomes: [Build.Outcome], _ options: AuditRecorder.Options, isCached: Bool, on machine: Machine
    ) -> [Diagnostic] {
        let recorder = AuditRecorder(
            options, in: machine.workspace, trust: machine.trust, cache: isCached ? machine.cache : nil)
        var diagnostics: [Diagnostic] = []
        _ = recorder.record(outcomes, diagnostics: &diagnostics)
        show(diagnostics)
        return diagnostics
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
