import Documents
import Markdown
import Markup
import Reports

/// The reference list; nothing where nothing is cited.
func referenceListHTML(_ report: Report) -> MarkupNode {
    guard !report.cited.works.isEmpty else { return .nothing }
    return .tag(
        "ul", ["class": "references"],
        report.cited.works.map { work in
            .tag(
                "li", ["id": work.anchor],
                work.parts.map { part in
                    switch part {
                    case .text(let text): .text(text)
                    case .title(let text): .tag("cite", [:], text: text)
                    case .link(let text, let destination):
                        safeDestination(destination).map { .tag("a", ["href": $0], text: text) } ?? .text(text)
                    }
                })
        })
}

/// The list with its heading, for an analysis that does not say where it stands.
func referencesHTML(_ report: Report) -> MarkupNode {
    guard report.endsWithReferences else { return .nothing }
    return .tag(
        "section", ["aria-labelledby": "page:references"],
        [.tag("h2", ["id": "page:references"], text: "References"), referenceListHTML(report)])
}
