import Diagnostics
import Documents
import Markdown
import Markup
import Reports

/// The footnotes in order, each with a way back to every place that refers to it.
func footnotesHTML(_ report: Report, _ blocks: BlockHTML) -> MarkupNode {
    guard !report.footnotes.isEmpty else { return .nothing }
    let items = report.footnotes.map { footnote -> MarkupNode in
        let backs = footnote.references.indices.map { index in
            MarkupNode.tag(
                "a",
                [
                    "class": "back", "href": "#\(footnoteAnchor(footnote, reference: index))",
                    "aria-label": "Back to reference \(footnote.number)" + (index == 0 ? "" : "-\(index + 1)"),
                ], [.text("↩"), index == 0 ? .nothing : .tag("sup", [:], text: String(index + 1))])
        }
        return .tag("li", ["id": "fn:\(footnote.number)"], blocks.blocks(footnote.node.children) + backs)
    }
    return .tag("section", ["class": "footnotes", "aria-label": "Footnotes"], [.tag("ol", [:], items)])
}

/// The anchor of one of the places that refer to a footnote.
func footnoteAnchor(_ footnote: ReportFootnote, reference index: Int) -> String {
    "fnref:\(footnote.number)" + (index == 0 ? "" : "-\(index + 1)")
}
