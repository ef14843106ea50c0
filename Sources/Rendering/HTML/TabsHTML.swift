import Documents
import Markdown
import Markup
import Reports

/// Tabs without a script: each is a `details`, of those with one name a browser holds one open.
///
/// So a tab works by mouse and keyboard, opens when a link leads into it or a search finds something in it, and where a
/// browser cannot set it as a tab it is a list of sections that unfold. On paper all are open.
struct TabsHTML {
    let blocks: BlockHTML
    let set: TabSet
    /// Which of the page's sets it is, from 1.
    let number: Int

    func node() -> MarkupNode {
        guard !set.tabs.isEmpty else { return .fragment(blocks.blocks(set.lead)) }
        let names = set.tabs.map { blocks.report.plainText($0.heading) }
        return .fragment([
            .fragment(blocks.blocks(set.lead)),
            .tag(
                "div",
                ["class": "tabs", "role": "group", "aria-label": "Tabs: " + names.joined(separator: ", ")],
                set.tabs.enumerated().map { tab($1, isFirst: $0 == 0) }),
        ])
    }

    private func tab(_ tab: TabSet.Tab, isFirst: Bool) -> MarkupNode {
        let level = if case .heading(let level) = tab.heading.kind { max(2, level) } else { 2 }
        // What a summary holds is not reached by keyboard itself: the summary is.
        var inline = blocks.inline
        inline.reachesValues = false
        return .tag(
            "details", ["name": "tabs:\(number)", "open": isFirst ? "" : nil],
            [
                .tag("summary", [:], [.tag("h\(level)", [:], inline.nodes(tab.heading.children))]),
                // A link to the heading leads to the content: that is what unfolds.
                .tag(
                    "div", ["class": "tab", "id": blocks.report.slug(at: tab.heading.range)],
                    [.text("\n")] + blocks.blocks(tab.content)),
            ])
    }
}
