import Diagnostics
import Documents
import Execution
import Foundation
import Pipeline
import Workspace

/// What a person sees: progress while it runs on a terminal, then diagnostics, then where the reports are.
///
/// Reports' paths go to standard output, everything else to standard error.
final class Console {
    let options: ReportingOptions
    private let isTerminal: Bool
    private let hasColour: Bool
    private var hasProgressLine = false
    private let clock = ContinuousClock()
    private var start: ContinuousClock.Instant
    /// When the console was made.
    private let begin: ContinuousClock.Instant
    /// What was shown, for the log or the hint at the end.
    private var shown: [Diagnostic] = []

    init(_ options: ReportingOptions) {
        self.options = options
        isTerminal = isatty(STDERR_FILENO) == 1
        hasColour = isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        begin = clock.now
        start = begin
    }

    /// A line on standard output, unless quiet.
    func say(_ line: String) {
        if !options.quiet { Swift.print(line) }
    }

    /// What was asked for, on standard output.
    func print(_ text: String) { Swift.print(text, terminator: "") }

    /// Whether what is printed may be coloured: a program that reads it could do nothing with that.
    var isOutputColored: Bool {
        isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    }

    func show(_ event: Build.Event) {
        switch event {
        case .began: start = clock.now
        case .directive(let analysis, let done, let total, let directive):
            guard isTerminal, !options.quiet else { return }
            let name = directive.hasWrittenID ? "\(directive.word) \(directive.id)" : directive.word
            write("\r\u{1B}[K[\(done + 1)/\(total)] \(Console.seconds(clock.now - start))  \(analysis.label)  \(name)")
            hasProgressLine = true
        case .ended: clearProgress()
        }
    }

    /// Takes the progress line away, so that what follows starts on a clean one.
    func clearProgress() {
        if hasProgressLine { write("\r\u{1B}[K") }
        hasProgressLine = false
    }

    func show(_ diagnostics: [Diagnostic]) {
        shown += diagnostics
        let formatter = DiagnosticFormatter(isColored: hasColour)
        for diagnostic in diagnostics {
            switch options.diagnostics {
            case .text: write(formatter.text(diagnostic) + "\n")
            case .json: write(formatter.jsonLine(diagnostic) + "\n")
            case .sarif: break
            }
        }
    }

    /// Ends a run: a SARIF log is one of all diagnostics, and a person is told once where to read more.
    func finish() {
        switch options.diagnostics {
        case .text:
            guard isTerminal, let first = shown.first else { return }
            write("report explain \(first.code) tells more\n")
        case .json: break
        case .sarif:
            let formatter = SARIFFormatter(version: ToolVersion.current) { Explanations.of($0) }
            write(formatter.log(shown) + "\n")
        }
    }

    /// An analysis's diagnostics, and where its report is.
    func show(_ outcome: Build.Outcome, in workspace: WorkspaceContext) {
        show(outcome.diagnostics)
        let files = outcome.files.filter { !$0.hasSuffix(".svg") }.map {
            Paths.relative($0, to: workspace.workingFolder)
        }
        if outcome.succeeded {
            for file in files { say(file) }
            for path in outcome.removed where options.diagnostics == .text && !options.quiet && !path.hasSuffix(".svg")
            {
                write("\(Paths.relative(path, to: workspace.workingFolder)) is removed: the sweep has it no more\n")
            }
        } else if options.diagnostics == .text {
            let partial = files.first.map { "; what could be computed is in \($0)" } ?? ""
            write("\(outcome.analysis.label) was not built: \(Console.count(outcome.diagnostics))\(partial)\n")
        }
    }

    /// What changed, by whom it will be seen: lines for people have no place among a program's.
    func show(_ changes: [WatchedFiles.Change], in workspace: WorkspaceContext) {
        guard options.diagnostics == .text, !options.quiet else { return }
        let shown = changes.prefix(5).map { change in
            let path = Paths.relative(change.path, to: workspace.workingFolder)
            switch change {
            case .added: return "\(path) (new)"
            case .changed: return path
            case .removed: return "\(path) (gone)"
            }
        }
        let rest = changes.count > 5 ? " and \(changes.count - 5) more" : ""
        write("changed: \(shown.joined(separator: ", "))\(rest)\n")
    }

    /// A build of `report watch`: all that is wrong, the reports that were written, and how it went.
    ///
    /// - Parameter namesFiles: False where the reports are looked at elsewhere.
    func show(_ round: Watch.Round, explaining: Bool = false, namesFiles: Bool = true, in workspace: WorkspaceContext) {
        show(round.general)
        for var outcome in round.outcomes {
            if explaining { explain(outcome) }
            if outcome.succeeded { outcome.files = outcome.files.filter(round.written.contains) }
            if namesFiles { show(outcome, in: workspace) } else { show(outcome.diagnostics) }
        }
        guard options.diagnostics == .text, !options.quiet else { return }
        let failed = round.outcomes.count { !$0.succeeded }
        let built = round.outcomes.count { $0.succeeded && $0.files.contains(where: round.written.contains) }
        let counts = [
            (built, "written"), (round.outcomes.count - failed - built, "unchanged"), (failed, "with errors"),
        ]
        let text = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        let reports = text.isEmpty ? "nothing built" : "reports: \(text)"
        write("\(reports), in \(Console.seconds(clock.now - begin)); waiting for changes\n")
    }

    /// A line for people on standard error, unless quiet.
    func tell(_ line: String) {
        if options.diagnostics == .text, !options.quiet { write(line + "\n") }
    }

    /// Brings what was printed to whoever reads it.
    func flush() { fflush(nil) }

    /// Why each directive ran, or that it did not. Lines for people have no place around a SARIF log.
    func explain(_ outcome: Build.Outcome) {
        if options.diagnostics == .sarif { return }
        for explanation in outcome.explanations { write("\(outcome.analysis.label): \(explanation.text)\n") }
    }

    /// `2 errors, 1 warning`.
    static func count(_ diagnostics: [Diagnostic]) -> String {
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count - errors
        if diagnostics.isEmpty { return "no faults" }
        return [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
    }

    /// What is said of an error that should not have happened.
    static func fault(_ error: any Error) {
        let text = "report failed for a reason of its own: \(error). Please tell its authors.\n"
        FileHandle.standardError.write(Data(text.utf8))
    }

    private static func seconds(_ duration: Duration) -> String {
        let tenths = duration.components.seconds * 10 + duration.components.attoseconds / 100_000_000_000_000_000
        return "\(tenths / 10).\(tenths % 10) s"
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
