import ArgumentParser
import Diagnostics
import Pipeline
import Values

/// `report audit show`.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Prints one entry of the audit trail whole, with its numbers.",
        discussion: "Numbers on which the prose stands have a * before them.")

    @Argument(help: "An entry: its number, latest, or latest~2.")
    var entry: String

    @OptionGroup var trail: TrailArguments

    @Flag(name: .long, help: "JSON, for other programs.")
    var json = false

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        try trail.run(reporting) { trail, _, console throws(Diagnostic) in
            let text = try EntryText(try trail.number(entry), in: trail)
            console.print(json ? text.value.indentedJSON + "\n" : text.text)
        }
    }
}
