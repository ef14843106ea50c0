import Documents
import Markup
import Reports

/// The table of contents; nothing where there is little to list.
func contentsHTML(_ report: Report) -> MarkupNode {
    // What stands in tabs is found by their names.
    var entries = report.headings.filter { $0.level <= 3 && !$0.isInTabs }.map {
        (text: $0.text, anchor: $0.slug, isBelow: $0.level > 2)
    }
    if report.endsWithReferences { entries.append(("References", "page:references", false)) }
    guard report.document.frontMatter.hasTableOfContents, entries.count > 1 else { return .nothing }
    let items = entries.map { entry in
        MarkupNode.tag(
            "li", ["class": entry.isBelow ? "sub" : nil],
            [.tag("a", ["href": "#\(entry.anchor)"], text: entry.text)])
    }
    return .tag(
        "nav", ["class": "contents", "aria-label": "On this page"],
        [.tag("p", ["class": "contents-title"], text: "On this page"), .tag("ul", [:], items)])
}
