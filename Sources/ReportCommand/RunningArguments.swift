import ArgumentParser
import Pipeline

/// How a build is run, whatever it builds.
struct RunningArguments: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: "How many analyses, and directives of each, run at once. (default: one a processor)")
    var jobs: Int?

    @Flag(name: .long, help: "Warnings fail the build.")
    var strict = false

    @Flag(
        name: .long,
        help: "Use the project's own templates, commands and databases for this build without trusting it for good.")
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
        options.isStrict = strict
        options.trustsTemplates = trust
        options.ignoresCache = noCache
        if let jobs { options.jobs = jobs }
        return options
    }
}
