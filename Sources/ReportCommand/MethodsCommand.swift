import ArgumentParser
import Pipeline

/// `report methods`.
struct MethodsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "methods", abstract: "Explains the estimators: formula, assumptions, source.")

    @Argument(help: "Names of estimators or directives; all where none is given.")
    var names: [String] = []

    func run() throws {
        guard let text = Methods.text(names) else {
            throw ValidationError("There is no method of that name. Known: \(Methods.names.joined(separator: ", ")).")
        }
        print(text, terminator: "")
    }
}
