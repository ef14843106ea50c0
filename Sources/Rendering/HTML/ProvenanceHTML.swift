import Markup
import Reports

/// The box that ends the page: where everything on it comes from.
func provenanceHTML(_ report: Report) -> MarkupNode {
    let rows = provenanceLines(report).flatMap { name, texts -> [MarkupNode] in
        [.tag("dt", [:], text: name)] + texts.map { .tag("dd", [:], text: $0) }
    }
    return .tag(
        "section", ["class": "provenance", "aria-labelledby": "page:provenance"],
        [.tag("h2", ["id": "page:provenance"], text: "Provenance"), .tag("dl", [:], rows), graphHTML(report)])
}
