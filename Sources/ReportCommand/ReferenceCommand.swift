import ArgumentParser
import Diagnostics
import Documents
import Pipeline
import Values

/// `report reference`.
struct ReferenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "Prints the reference of the language, in Markdown.",
        discussion: """
            Front matter, every directive with its keys, types, defaults and results, formats, claims and diagnostics, as this \
            version has them.
            """)

    @Argument(help: "Directives; everything where none is given.")
    var directives: [String] = []

    @Flag(name: .customLong("json-schema"), help: "Print a JSON Schema of the directives' bodies.")
    var jsonSchema = false

    @Flag(name: .long, help: "Print an analysis for a documentation site: all of it, and each diagnostic at length.")
    var page = false

    func validate() throws {
        if jsonSchema, page { throw ValidationError("Either --json-schema or --page is printed.") }
        if jsonSchema || page, !directives.isEmpty {
            throw ValidationError("--json-schema and --page print all directives at once.")
        }
    }

    func run() throws {
        if jsonSchema { return print(BodySchema.value.indentedJSON) }
        if page { return print(ReferencePage.text, terminator: "") }
        if directives.isEmpty {
            return print(LanguageReference.text(codes: Explanations.all.map(\.code)), terminator: "")
        }
        guard let text = LanguageReference.text(directives: directives) else {
            let words = DirectiveSchema.all.map(\.word).joined(separator: ", ")
            throw ValidationError("There is no directive of that name. Known: \(words).")
        }
        print(text, terminator: "")
    }
}
