import ArgumentParser
import Diagnostics
import Pipeline

/// `report explain`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explains diagnostics: the rule, why it is so, an example, what to do.")

    @Argument(help: "Codes or names, such as E0502 or missing-column; a list of all where none is given.")
    var codes: [String] = []

    func run() throws {
        if codes.isEmpty { print(Explanations.list, terminator: "") }
        let chosen = try codes.map { word in
            guard let explanation = Explanations.named(word) else {
                let near = nearestWord(to: word, among: Explanations.all.map(\.code.name))
                throw ValidationError(
                    "There is no diagnostic \(word). "
                        + (near.map { "Did you mean \($0)?" } ?? "`report explain` lists them all."))
            }
            return explanation.text
        }
        print(chosen.joined(separator: "\n"), terminator: "")
    }
}
