import ArgumentParser
import Pipeline

/// `report watch`.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Builds analyses now, and again whenever a file of their project is saved.",
        discussion: """
            Takes the options of `report build`. Files that are new or gone count; output/, .report/, hidden files and those \
            that editors leave beside a file do not. Errors are shown and the next save is waited for. Ends with Ctrl-C or \
            SIGTERM, exit code 0, never between two files of a report.
            """)

    @OptionGroup var analyses: AnalysisArguments

    @OptionGroup var arguments: BuildArguments

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let termination = Termination()
        let machine = Machine(files: termination.files)
        let options = arguments.options(on: machine)
        let build = machine.build(options)
        var watch = Watch(analyses.paths, options, in: machine.workspace)
        let pacer = Pacer()
        var console = Console(reporting)
        try watch.run(
            pause: { pacer.pause($0) },
            onChange: { changes in
                console = Console(reporting)
                console.show(changes, in: machine.workspace)
            },
            build: { try console.run(build, of: analyses.paths, accepting: arguments.accept, in: machine.workspace) },
            onRound: { round in
                console.show(round, explaining: arguments.explain, in: machine.workspace)
                console.finish()
                console.flush()
            })
        // It ends by a signal, or because the paths lead to no project.
        throw ExitCode(1)
    }
}
