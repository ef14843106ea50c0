import ArgumentParser
import Diagnostics
import Pipeline
import Workspace

/// `report audit remove`.
struct RemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Ends reports in the audit trail, and removes their files.",
        discussion: """
            An entry says when, why and by whom a report was ended; its history stays. Files that are what their last build \
            wrote are removed, with the proofs beside them; others are told of and stay. Without such an entry report audit \
            verify calls a report that is gone a fault. Where an analysis was renamed, build it first, then end the old report \
            with --renamed-to.
            """)

    @Argument(help: "Reports by their names in the output folder, or analyses, for all reports of those.")
    var reports: [String]

    @Option(name: .long, help: "Why, in a sentence.")
    var note: String

    @Option(
        name: .customLong("renamed-to"),
        help: ArgumentHelp("The report as which the one that is named goes on.", valueName: "report"))
    var successor: String?

    @OptionGroup var trail: TrailArguments

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
        guard note.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError("--note says why a report is ended.")
        }
    }

    func run() throws {
        try trail.run(reporting) { trail, workspace, console throws(Diagnostic) in
            let machine = Machine()
            var options = try AuditRecorder.Options(signedIn: workspace, configurationHome: machine.configurationHome)
            options.note = note
            options.executable = machine.executable
            let outcome = try ReportRemoval(options, of: trail, in: workspace).run(reports, successor: successor)
            console.show(outcome.diagnostics)
            for path in outcome.removed { console.say(path) }
            console.say(outcome.text)
        }
    }
}
