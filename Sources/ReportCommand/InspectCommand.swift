import ArgumentParser
import Diagnostics
import Pipeline
import Values

/// `report inspect`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Prints analyses as parsed and planned, as JSON for other programs.",
        discussion: """
            With --results what the directives make is computed, or taken from the cache, and printed besides; no report is \
            written.
            """)

    @OptionGroup var analyses: AnalysisArguments

    @Flag(name: .long, help: "Results, numbers and checked claims, too.")
    var results = false

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        var computed: [String: Value] = [:]
        var built: [Diagnostic] = []
        if results {
            var options = machine.options
            options.writesReports = false
            options.keepsResults = true
            let build = machine.build(options)
            let (general, outcomes) = build.run(analyses.paths) { console.show($0) }
            console.clearProgress()
            built = general + outcomes.flatMap(\.diagnostics)
            for outcome in outcomes { computed[outcome.analysis.path] = outcome.results }
        }
        let (value, read) = Inspection.value(of: analyses.paths, results: computed, in: machine.workspace)
        // A build says all that reading says.
        let diagnostics = results ? built : read
        console.show(diagnostics)
        print(value.indentedJSON)
        if diagnostics.hasErrors { throw ExitCode(1) }
    }
}
