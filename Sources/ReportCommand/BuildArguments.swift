import ArgumentParser
import Documents
import Pipeline

/// What may be said of a build beside its analyses.
struct BuildArguments: ParsableArguments {
    @Option(
        name: .long, help: "The folder to write to. (default: output in the project's root)", completion: .directory)
    var output: String?

    @Option(name: .long, help: "Formats to write, of html, md, json and ipynb. (default: those of the analysis)")
    var format: FormatList?

    @Option(
        name: .long,
        help: "What the Markdown is written for: github, mkdocs, docusaurus or myst. (default: that of the analysis)")
    var markdown: MarkdownFlavour?

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

    @Flag(
        name: .long,
        help: "Rewrite the numbers of claims that no longer hold, print the changes, and build with them.")
    var accept = false

    @Flag(name: .customLong("no-cache"), help: "Compute everything, and keep nothing for the next build.")
    var noCache = false

    @Flag(name: .long, help: "Say for every directive why it ran, or that it did not.")
    var explain = false

    func validate() throws {
        if let jobs, jobs < 1 {
            throw ValidationError("At least one directive runs at a time, so --jobs is at least 1.")
        }
    }

    /// The same to the build itself.
    func options(on machine: Machine) -> BuildOptions {
        var options = machine.options
        options.output = output
        options.formats = format?.formats
        options.markdown = markdown
        options.params = param.map { ($0.name, $0.value) }
        options.paramsFile = params
        options.sweeps = sweep.map {
            ($0.name, $0.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        }
        options.seed = seed
        options.isStrict = strict
        options.trustsTemplates = trust
        // A report that is left alone tells nothing of claims, and what it shares with others is rewritten for all.
        options.keepsResults = accept
        options.ignoresCache = noCache
        if let jobs { options.jobs = jobs }
        return options
    }
}

/// `html,md,json`.
struct FormatList: ExpressibleByArgument {
    var formats: Set<FrontMatter.Format>

    init?(argument: String) {
        let names = argument.split(separator: ",").map(String.init)
        let formats = names.compactMap { FrontMatter.Format(rawValue: $0) }
        guard !formats.isEmpty, formats.count == names.count else { return nil }
        self.formats = Set(formats)
    }

    static var allValueStrings: [String] { FrontMatter.Format.allCases.map(\.rawValue) }
}

extension MarkdownFlavour: ExpressibleByArgument {
    package init?(argument: String) {
        guard let flavour = MarkdownFlavour(rawValue: argument), MarkdownFlavour.choices.contains(flavour) else {
            return nil
        }
        self = flavour
    }

    package static var allValueStrings: [String] { choices.map(\.rawValue) }
}

/// `name=value`.
struct ParameterAssignment: ExpressibleByArgument {
    var name: String
    var value: String

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else { return nil }
        name = String(argument[..<equals])
        value = String(argument[argument.index(after: equals)...])
    }
}
