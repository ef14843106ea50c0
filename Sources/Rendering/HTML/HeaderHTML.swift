import Documents
import Markdown
import Markup
import Reports

/// The top of the page: title, who and when, abstract, key numbers. A reader in a hurry can stop there.
struct HeaderHTML {
    let report: Report
    let inline: InlineHTML

    private var front: FrontMatter { report.document.frontMatter }

    func title() -> MarkupNode {
        .fragment([
            report.draftStamp.map { .tag("p", ["class": "stamp", "role": "note"], text: $0) } ?? .nothing,
            .tag("h1", [:], inline.inline(front.title)),
            front.subtitle.map { .tag("p", ["class": "subtitle"], inline.inline($0)) } ?? .nothing,
            byline(),
        ])
    }

    private func byline() -> MarkupNode {
        var parts: [MarkupNode] = []
        if !front.authors.isEmpty { parts.append(.text(front.authors.joined(separator: ", "))) }
        if let date = front.date { parts.append(.tag("time", ["datetime": date], text: writtenDate(date))) }
        if !front.tags.isEmpty { parts.append(.text(front.tags.joined(separator: ", "))) }
        if front.isDraft { parts.append(.tag("strong", [:], text: "Draft")) }
        guard !parts.isEmpty else { return .nothing }
        let separated = parts.enumerated().flatMap { index, part in index > 0 ? [.text(" · "), part] : [part] }
        return .tag("p", ["class": "byline"], separated)
    }

    func abstract(_ blocks: BlockHTML) -> MarkupNode {
        guard let abstract = front.abstract else { return .nothing }
        return .tag(
            "section", ["class": "abstract", "aria-label": "Abstract"], blocks.blocks(abstract.node.children))
    }

    func highlights() -> MarkupNode {
        guard !front.highlights.isEmpty else { return .nothing }
        let items = front.highlights.map { highlight -> MarkupNode in
            let number: MarkupNode = .tag("strong", [:], inline.inline(highlight.value))
            guard let link = highlight.link.flatMap(safeDestination) else {
                return .tag("li", [:], [number, .text(" "), .tag("span", [:], inline.inline(highlight.text))])
            }
            var text = inline
            text.reachesValues = false
            return .tag("li", [:], [number, .text(" "), .tag("a", ["href": link], text.inline(highlight.text))])
        }
        return .tag("ul", ["class": "highlights", "aria-label": "Key numbers"], items)
    }
}
