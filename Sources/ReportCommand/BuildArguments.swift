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

    @OptionGroup var computing: ComputingArguments

    @OptionGroup var drafting: DraftArguments

    @Flag(
        name: .long,
        help: "Rewrite the numbers of claims that no longer hold, print the changes, and build with them.")
    var accept = false

    @Flag(name: .long, help: "Say for every directive why it ran, or that it did not.")
    var explain = false

    func validate() throws {
        if accept, drafting.isDraft {
            throw ValidationError("--accept writes the numbers of all units, and --sample has those of some.")
        }
        if output != nil, drafting.isDraft {
            throw ValidationError("--output is for reports; a draft of --sample lies below .report/draft.")
        }
    }

    /// The same to the build itself.
    func options(on machine: Machine) -> BuildOptions {
        var options = computing.options(on: machine)
        options.output = output
        drafting.apply(to: &options)
        options.formats = format?.formats
        options.markdown = markdown
        // A report that is left alone tells nothing of claims, and what it shares with others is rewritten for all.
        options.keepsResults = accept
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
