import ArgumentParser
import Diagnostics
import Pipeline

/// `report check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks analyses without computing anything.",
        discussion: "Everything that `build` would say before it runs the first directive. Exit codes as for `build`.")

    @OptionGroup var analyses: AnalysisArguments

    @Flag(name: .long, help: "Warnings fail the check.")
    var strict = false

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        let (general, checks) = Check(in: machine.workspace).run(analyses.paths)
        console.show(general)
        for check in checks {
            console.show(check.diagnostics)
            console.say("\(check.analysis.shown): \(Console.count(check.diagnostics))")
        }
        let all = general + checks.flatMap(\.diagnostics)
        if all.hasErrors || (strict && !all.isEmpty) { throw ExitCode(1) }
    }
}
