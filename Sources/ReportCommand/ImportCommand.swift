import ArgumentParser
import Diagnostics
import Pipeline
import Workspace

/// `report import`.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Makes an analysis of a Jupyter notebook.",
        discussion: """
            Markdown cells are kept; code lies in fences that run nothing, its texts and pictures behind it. Pictures are \
            saved beside the analysis. What a report could not show is kept as plain text.
            """)

    @Argument(help: "The notebook.", completion: .file(extensions: ["ipynb"]))
    var notebook: String

    @Option(
        name: .long, help: "The analysis to write. (default: beside the notebook, under its name)",
        completion: .file(extensions: ["md"]))
    var to: String?

    @Flag(name: .long, help: "Write over an analysis that is there.")
    var force = false

    @Flag(name: .customLong("no-outputs"), help: "Leave out what code printed and drew.")
    var noOutputs = false

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        do throws(Diagnostic) {
            let (files, diagnostics) = try NotebookImport(in: machine.workspace, keepsOutputs: !noOutputs)
                .run(notebook, to: to, replaces: force)
            console.show(diagnostics)
            for file in files { console.say(Paths.relative(file, to: machine.workspace.workingFolder)) }
        } catch {
            console.show([error])
            throw ExitCode(1)
        }
    }
}
