import Markup
import Reports

/// The box that ends the page: where everything on it comes from.
func provenanceHTML(_ report: Report) -> MarkupNode {
    var rows = provenanceLines(report).flatMap { name, texts -> [MarkupNode] in
        [.tag("dt", [:], text: name)] + texts.map { .tag("dd", [:], text: $0) }
    }
    if let history = report.provenance.history {
        rows += [
            .tag("dt", [:], text: "History"),
            .tag("dd", [:], [.tag("a", ["href": history], text: "entries in the audit trail")]),
        ]
    }
    return .tag(
        "section", ["class": "provenance", "aria-labelledby": "page:provenance"],
        [.tag("h2", ["id": "page:provenance"], text: "Provenance"), .tag("dl", [:], rows), graphHTML(report)])
}
