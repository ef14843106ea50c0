import ArgumentParser
import Pipeline

/// What may be said of what a build computes, whatever becomes of it.
struct ComputingArguments: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Sets a parameter of the analyses.", valueName: "name=value"))
    var param: [ParameterAssignment] = []

    @Option(
        name: .long, help: "A YAML file of parameters, a mapping from names to values; --param goes before it.",
        completion: .file(extensions: ["yaml", "yml", "json"]))
    var params: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Builds a report for each value of a parameter, and an index of them. Several make every combination.",
            valueName: "name=a,b,c"))
    var sweep: [ParameterAssignment] = []

    @Option(name: .long, help: "The seed of every random number. (default: that of the analysis)")
    var seed: UInt64?

    @OptionGroup var running: RunningArguments

    /// The same to the build itself.
    func options(on machine: Machine) -> BuildOptions {
        var options = running.options(on: machine)
        options.params = param.map { ($0.name, $0.value) }
        options.paramsFile = params
        options.sweeps = sweep.map {
            ($0.name, $0.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        }
        options.seed = seed
        return options
    }
}
