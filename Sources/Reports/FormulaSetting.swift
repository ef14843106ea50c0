package import Diagnostics
package import Documents
package import Markdown
package import Markup

/// Sets formulas for a report, however that is done.
package protocol FormulaSetting {
    /// A formula as a `math` element; nil, with a diagnostic unless that is there already, where it cannot be set.
    /// `range` is the formula's place.
    func markup(of formula: Formula, at range: SourceRange, diagnostics: inout [Diagnostic]) -> MarkupNode?

    /// What sets them, for the provenance: a name, a version, a digest.
    var origin: String? { get }
}

extension FormulaSetting {
    /// Every formula of a tree by its range. `shown` is where to point for a tree whose places people do not see.
    package func markup(
        ofAllIn node: Node, shownAt shown: SourceRange?, diagnostics: inout [Diagnostic]
    ) -> [SourceRange: MarkupNode] {
        var markup: [SourceRange: MarkupNode] = [:]
        for (formula, range) in node.formulas {
            let before = diagnostics.count
            markup[range] = self.markup(of: formula, at: range, diagnostics: &diagnostics)
            for index in before..<diagnostics.count where shown != nil && diagnostics[index].range != nil {
                diagnostics[index].range = shown
            }
        }
        return markup
    }
}

extension RichText {
    /// The scalar, where the places of the text's nodes are not seen in the analysis; nil where they are.
    package var shownRange: SourceRange? { node.range.file === range.file ? nil : range }
}
