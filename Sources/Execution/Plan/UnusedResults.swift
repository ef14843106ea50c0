package import Diagnostics
package import Documents
import Values

extension AnalysisDocument {
    /// Warns of every directive that shows nothing and that nothing refers to: no directive, value or claim.
    package func warnOfUnusedResults(diagnostics: inout [Diagnostic]) {
        var used: Set<String> = []
        for directive in directives { used.formUnion(directive.dependencies.map(\.id)) }
        used.formUnion(allValues.map(\.path.root))
        used.formUnion(allClaims.map(\.path.root))
        for directive in directives where directive.show == .none && !used.contains(directive.id) {
            let name = directive.hasWrittenID ? directive.id : "this `\(directive.word)` directive"
            diagnostics.append(
                .warning(
                    .unusedResult, "A result is shown or used, and nothing does so with \(name)",
                    at: directive.wordRange,
                    notes: [.init("remove the directive, refer to it, or let it show itself with `show: table`")]))
        }
    }
}

extension DiagnosticCode {
    package static let unusedResult = DiagnosticCode(405, "unused-result")
}
