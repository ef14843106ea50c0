import ArgumentParser
import Diagnostics
import Pipeline
import Workspace

/// `report data generate`.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Writes units of experiments whose true effects are known.",
        discussion: """
            The file has a row a unit: experiment, variant, perhaps a cluster, a weight, normal metrics with their values \
            before the experiment, clicks in sessions, and spend with a heavy tail. Its name with .truth.json holds every \
            arm's true effects and what each column is. The same options give the same bytes everywhere, and the same rows \
            through an engine: duckdb (.parquet or .duckdb), sqlite (.db), and, in a trusted project, postgres or one of \
            report.yaml, which make a new table.
            """)

    @Option(name: .long, help: "How many units.")
    var units: Int

    @Option(name: .long, help: "How many experiments they are in.")
    var experiments = 1

    @Option(name: .long, help: "How many normal metrics.")
    var metrics = 1

    @Option(name: .long, help: "How many treatments an experiment has beside its control.")
    var arms = 1

    @Option(name: .long, help: "How many clusters an experiment has, which are assigned whole. (default: none)")
    var clusters = 0

    @Option(name: .long, help: "The mean of metrics.")
    var mean = 10.0

    @Option(name: .long, help: "The standard deviation of true effects, in those of units.")
    var effect = 0.1

    @Option(name: .long, help: "What the numbers are drawn by.")
    var seed: UInt64 = 1

    @Option(
        name: .long, help: "The file to write; of an engine without files, that of the true effects.",
        completion: .file(extensions: ["csv", "parquet", "duckdb", "db"]))
    var out: String?

    @Option(name: .long, help: "The engine that writes it. (default: a csv file)")
    var engine: String?

    @Option(name: .long, help: "The table that an engine writes.")
    var table = "units"

    @Option(name: .long, help: "PostgreSQL's service, or a URI without a password.")
    var connection: String?

    @Flag(name: .long, help: "Use the project's commands and databases for this run without trusting it for good.")
    var trust = false

    @Flag(name: .long, help: "Write over a file, with all that is in it, or a table that is there.")
    var force = false

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
        if engine == nil, out == nil { throw ValidationError("--out names the file to write.") }
        if connection != nil, engine != "postgres" {
            throw ValidationError("--connection goes with --engine postgres.")
        }
        guard (1...4_000_000_000).contains(units) else {
            throw ValidationError("--units is from 1 to 4000000000.")
        }
        guard (1...min(units, 10_000_000)).contains(experiments) else {
            throw ValidationError("--experiments is from 1 to the number of units, at most 10000000.")
        }
        guard (1...1000).contains(metrics), (1...100).contains(arms), (0...1_000_000).contains(clusters) else {
            throw ValidationError("--metrics is from 1 to 1000, --arms from 1 to 100, --clusters from 0 to 1000000.")
        }
        guard mean.magnitude <= 1e12, (0...10).contains(effect) else {
            throw ValidationError("--mean is from −1e12 to 1e12, --effect from 0 to 10.")
        }
    }

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        var options = UnitDataOptions(units: units)
        options.experiments = experiments
        options.metrics = metrics
        options.arms = arms
        options.clusters = clusters
        options.mean = mean
        options.effect = effect
        options.seed = seed
        do throws(Diagnostic) {
            let file = UnitDataFile(options, in: machine.workspace)
            for line in try lines(of: file, on: machine) { console.say(line) }
        } catch {
            console.show([error])
            throw ExitCode(1)
        }
    }

    /// Writes, and tells what was written.
    private func lines(of file: UnitDataFile, on machine: Machine) throws(Diagnostic) -> [String] {
        guard let engine else {
            return try file.write(to: out ?? "", replaces: force).map {
                Paths.relative($0, to: machine.workspace.workingFolder)
            }
        }
        var target = UnitDataEngine(name: engine, table: table)
        target.out = out
        target.connection = connection
        target.trusts = trust
        return try file.write(into: target, replaces: force, trust: machine.trust)
    }
}
