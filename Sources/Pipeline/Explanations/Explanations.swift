package import Diagnostics

/// What `report explain` tells: each code of diagnostics with its rule, why it is so, an example, and what to do.
package enum Explanations {
    /// One a code, in the order of their numbers.
    package static let all: [DiagnosticExplanation] =
        (files + markdown + directives + references + data + effects + units + claims + tables + trail + verification
        + reproduction + exports + site + links + publishing + serving + service)
        .sorted { $0.code.number < $1.code.number }

    /// The explanation of a code as diagnostics write it (`E0502`, in any case) or by its name (`missing-column`).
    package static func named(_ word: String) -> DiagnosticExplanation? {
        all.first { $0.code.name == word || $0.code.description == word.uppercased() }
    }

    package static func of(_ code: DiagnosticCode) -> DiagnosticExplanation? { all.first { $0.code == code } }

    /// All codes with their names and rules, a line each.
    package static var list: String {
        all.map { explanation in
            let name = explanation.code.name
            let padding = String(repeating: " ", count: max(0, width - name.count))
            return "\(explanation.code)  \(name)\(padding)  \(explanation.rule)\n"
        }.joined()
    }

    private static var width: Int { all.map(\.code.name.count).max() ?? 0 }
}
