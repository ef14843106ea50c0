import Diagnostics
import Documents
import Markdown
import Markup
import Reports

/// The footnotes in order, each with a way back.
func footnotesHTML(_ report: Report, _ blocks: BlockHTML) -> MarkupNode {
    guard !report.footnotes.isEmpty else { return .nothing }
    let definitions = footnoteDefinitions(report.document.body)
    let references = footnoteReferences(report.document.body)
    let items = report.footnotes.map { footnote -> MarkupNode in
        let node = definitions.first { $0.range == footnote.range }
        let first = references.first { reference in
            guard case .footnoteReference(let label) = reference.kind else { return false }
            return report.footnote(labelled: label) == footnote
        }
        let back = first.map { reference in
            MarkupNode.tag(
                "a",
                [
                    "class": "back", "href": "#fnref:\(footnote.number):\(reference.range.lower)",
                    "aria-label": "Back to reference \(footnote.number)",
                ], text: "↩")
        }
        return .tag("li", ["id": "fn:\(footnote.number)"], blocks.blocks(node?.children ?? []) + [back ?? .nothing])
    }
    return .tag("section", ["class": "footnotes", "aria-label": "Footnotes"], [.tag("ol", [:], items)])
}

private func footnoteDefinitions(_ node: Node) -> [Node] {
    if case .footnoteDefinition = node.kind { return [node] }
    return node.children.flatMap(footnoteDefinitions)
}

private func footnoteReferences(_ node: Node) -> [Node] {
    if case .footnoteReference = node.kind { return [node] }
    return node.children.flatMap(footnoteReferences)
}
