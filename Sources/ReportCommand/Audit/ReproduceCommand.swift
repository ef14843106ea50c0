import ArgumentParser
import Diagnostics
import Pipeline
import Values

/// `report reproduce`.
struct ReproduceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reproduce",
        abstract: "Makes a build of the audit trail again, and says whether it is the same.",
        discussion: """
            The source of then is read from the commit that the entry names, from another one that has it (who builds first \
            and commits afterwards has it there), or from the project where a file still is what it \
            was; every file must have the entry's digest. The report is built in memory, without the cache, and nothing of \
            the project is written. Files are compared byte for byte; where another build of report made them, numbers to \
            1e-9. Exit codes: 0 the same, 1 not, or what it was built from is lost.
            """)

    @Argument(help: "An entry: its number, latest, latest~2, or a report's name for its last one.")
    var entry: String

    @Option(name: .long, help: "A folder to write what was made again to.", completion: .directory)
    var keep: String?

    @Flag(name: .long, help: "Use the templates that the project had then.")
    var trust = false

    @Option(name: [.short, .long], help: "How many directives run at once. (default: one a processor)")
    var jobs: Int?

    @Flag(name: .long, help: "JSON, for other programs.")
    var json = false

    @OptionGroup var trail: TrailArguments

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
        if let jobs, jobs < 1 {
            throw ValidationError("At least one directive runs at a time, so --jobs is at least 1.")
        }
    }

    func run() throws {
        var isSame = false
        try trail.run(reporting) { trail, workspace, console throws(Diagnostic) in
            let machine = Machine()
            var options = machine.options
            options.trustsTemplates = trust
            if let jobs { options.jobs = jobs }
            let (reproduction, diagnostics) = try trail.reproduce(
                entry, options, in: workspace, trust: machine.trust, onEvent: { console.show($0) })
            console.clearProgress()
            console.show(diagnostics)
            guard let reproduction else { return }
            if let keep { try reproduction.write(to: keep, in: workspace) }
            console.print(
                json
                    ? reproduction.value.indentedJSON + "\n" : reproduction.text(isColored: console.isOutputColored))
            isSame = reproduction.isSame
        }
        if !isSame { throw ExitCode(1) }
    }
}
