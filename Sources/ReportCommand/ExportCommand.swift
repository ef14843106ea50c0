import ArgumentParser
import Diagnostics
import Documents
import Pipeline

/// `report export`.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Builds analyses into Jupyter notebooks.",
        discussion: """
            Prose becomes Markdown cells, each directive a code cell with its tables and figures as outputs. No kernel runs the \
            cells; `report import` makes directives of them again.
            """)

    @OptionGroup var analyses: AnalysisArguments

    @Flag(name: .long, help: "Write notebooks (nbformat 4.5).")
    var ipynb = false

    @Option(
        name: .long, help: "The folder to write to. (default: output in the project's root)", completion: .directory)
    var output: String?

    @Option(name: .long, help: ArgumentHelp("Sets a parameter of the analyses.", valueName: "name=value"))
    var param: [ParameterAssignment] = []

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
        if !ipynb { throw ValidationError("Say what to export: --ipynb for notebooks.") }
    }

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        var options = machine.options
        options.output = output
        options.formats = [.ipynb]
        options.params = param.map { ($0.name, $0.value) }
        let build = machine.build(options)
        let (general, outcomes) = build.run(analyses.paths) { console.show($0) }
        console.clearProgress()
        console.show(general)
        for outcome in outcomes { console.show(outcome, in: machine.workspace) }
        if general.hasErrors || outcomes.contains(where: { !$0.succeeded }) { throw ExitCode(1) }
    }
}
