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

    @Option(
        name: [.short, .long],
        help: "How many analyses, and directives of each, run at once. (default: one a processor)")
    var jobs: Int?

    @Flag(name: .long, help: "Warnings fail the build.")
    var strict = false

    @Flag(name: .long, help: "Use the project's own templates for this build without trusting it for good.")
    var trust = false

    @Flag(name: .customLong("no-cache"), help: "Compute everything, and keep nothing for the next build.")
    var noCache = false

    func validate() throws {
        if let jobs, jobs < 1 {
            throw ValidationError("At least one directive runs at a time, so --jobs is at least 1.")
        }
    }

    /// The same to the build itself.
    func options(on machine: Machine) -> BuildOptions {
        var options = machine.options
        options.params = param.map { ($0.name, $0.value) }
        options.paramsFile = params
        options.sweeps = sweep.map {
            ($0.name, $0.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        }
        options.seed = seed
        options.isStrict = strict
        options.trustsTemplates = trust
        options.ignoresCache = noCache
        if let jobs { options.jobs = jobs }
        return options
    }
}
