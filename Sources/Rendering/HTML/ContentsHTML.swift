import Documents
import Markup
import Reports

/// The table of contents; nothing where there is little to list.
func contentsHTML(_ report: Report) -> MarkupNode {
    let headings = report.headings.filter { $0.level <= 3 }
    guard report.document.frontMatter.hasTableOfContents, headings.count > 1 else { return .nothing }
    let items = headings.map { heading in
        MarkupNode.tag(
            "li", ["class": heading.level > 2 ? "sub" : nil],
            [.tag("a", ["href": "#\(heading.slug)"], text: heading.text)])
    }
    return .tag(
        "nav", ["class": "contents", "aria-label": "On this page"],
        [.tag("p", ["class": "contents-title"], text: "On this page"), .tag("ul", [:], items)])
}
