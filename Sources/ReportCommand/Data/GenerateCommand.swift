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
            arm's true effects and what each column is. The same options give the same bytes everywhere.
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

    @Option(name: .long, help: "The file to write.", completion: .file(extensions: ["csv"]))
    var out: String

    @Flag(name: .long, help: "Write over a file that is there.")
    var force = false

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
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
            for path in try file.write(to: out, replaces: force) {
                console.say(Paths.relative(path, to: machine.workspace.workingFolder))
            }
        } catch {
            console.show([error])
            throw ExitCode(1)
        }
    }
}
