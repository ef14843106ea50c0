import ArgumentParser
import Diagnostics
import Foundation
import Pipeline
import Workspace

/// `report fmt`.
struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Brings the YAML and the tables of analyses into one form.",
        discussion: """
            Keys of directives stand in the order of `report reference`, tables are aligned, comments stay with their keys, \
            prose is not touched, and what an analysis means never changes. Files that are included are formatted, too. `-` \
            formats standard input to standard output. Prints the files that it changes. Exit codes: 0 in form, 1 a part \
            cannot be read or, with --check, a file is not in form.
            """)

    @Argument(help: "Analyses, or folders of them; - for standard input.", completion: .file(extensions: ["md"]))
    var paths: [String]

    @Flag(name: .long, help: "Write nothing; list the files that are not in form.")
    var check = false

    @Flag(name: .long, help: "Write nothing; print what would change as a diff.")
    var diff = false

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
        if paths.contains("-"), paths.count > 1 { throw ValidationError("Standard input is formatted alone.") }
    }

    func run() throws {
        let console = Console(reporting)
        defer { console.finish() }
        if paths == ["-"] { return try formatInput(console) }
        let machine = Machine()
        let (general, outcomes) = Formatting.run(paths, in: machine.workspace)
        console.show(general)
        var hasFailed = general.hasErrors
        for outcome in outcomes {
            console.show(outcome.diagnostics)
            hasFailed = hasFailed || outcome.diagnostics.hasErrors
            guard let edit = outcome.edit else { continue }
            if diff { print(edit.diff, terminator: "") }
            if check { hasFailed = true }
            if !check, !diff { try console.write(edit, in: outcome.project, machine.workspace) }
            let path = Paths.joined(outcome.project.root, outcome.shown)
            if !diff { console.say(Paths.relative(path, to: machine.workspace.workingFolder)) }
        }
        if hasFailed { throw ExitCode(1) }
    }

    private func formatInput(_ console: Console) throws {
        let input = Array(FileHandle.standardInput.readDataToEndOfFile())
        let (text, edit, diagnostics) = Formatting.text(input, named: "<stdin>")
        console.show(diagnostics)
        if diff, let edit { print(edit.diff, terminator: "") }
        if !check, !diff, let text { print(text, terminator: "") }
        if diagnostics.hasErrors || (check && edit != nil) { throw ExitCode(1) }
    }
}
