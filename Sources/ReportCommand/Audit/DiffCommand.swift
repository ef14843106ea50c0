import ArgumentParser
import Diagnostics
import Pipeline
import Values

/// `report audit diff`.
struct DiffCommand: ParsableCommand {
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case text
        case md
        case json
    }

    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compares the numbers of two builds: old, new and change, also in units of the standard error.",
        discussion: """
            A build is an entry of the trail (its number; latest, or latest~2 for the second before it; a report's name for \
            its last entry, proxy~1 for the one before), or a results file (.json). What flipped in sign or significance \
            comes first, then the largest changes. Numbers within the tolerance are counted and not shown: equal to the bit, \
            rounding (1e-9 of the number or of its standard error), tenth (0.1 of the standard error) or one.
            """)

    @Argument(help: "The old build.", completion: .file(extensions: ["json"]))
    var old: String

    @Argument(
        help: "The new build. (default: the latest entry of the same report)", completion: .file(extensions: ["json"]))
    var new: String?

    @Option(name: .long, help: "As aligned text, as Markdown, or as JSON.")
    var form = Form.text

    @Option(name: .long, help: "What is not worth showing: equal, rounding, tenth or one.")
    var tolerance = NumberChange.Tier.rounding

    @Flag(
        name: .customLong("exit-code"),
        help: "Exit with 1 where a number differs beyond the tolerance, is missing or new, or a claim flipped.")
    var exitCode = false

    @OptionGroup var trail: TrailArguments

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        var isSame = true
        try trail.run(reporting) { trail, workspace, console throws(Diagnostic) in
            let comparison = try BuildComparison.reading(old, new, in: trail, workspace)
            switch form {
            case .text: console.print(comparison.text(beyond: tolerance, isColored: console.isOutputColored))
            case .md: console.print(comparison.markdown(beyond: tolerance))
            case .json: console.print(comparison.value(beyond: tolerance).indentedJSON + "\n")
            }
            isSame = comparison.isSame(within: tolerance)
        }
        if exitCode, !isSame { throw ExitCode(1) }
    }
}

extension NumberChange.Tier: ExpressibleByArgument {
    package init?(argument: String) {
        guard let tier = NumberChange.Tier(rawValue: argument), tier != .beyond else { return nil }
        self = tier
    }

    package static var allValueStrings: [String] { allCases.filter { $0 != .beyond }.map(\.rawValue) }
}
