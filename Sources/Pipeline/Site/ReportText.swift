import Diagnostics
import Documents
import Markdown
import Publishing
import Reports
import Values

/// A report as plain text by its headings, with the numbers and the labels in it.
struct ReportText {
    private let report: Report

    init(_ report: Report) { self.report = report }

    /// What stands under each heading, in the order of reading. Captions are text; cells of computed tables are not.
    var passages: [SitePassage] {
        var passages = [SitePassage(anchor: nil, level: 1, heading: "", text: "")]
        func add(_ text: String) {
            let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard !text.isEmpty else { return }
            let last = passages.count - 1
            passages[last].text += passages[last].text.isEmpty ? text : " " + text
        }
        if let abstract = report.document.frontMatter.abstract { add(report.plainText(abstract)) }
        for node in report.document.body.children {
            if case .heading(let level) = node.kind, let slug = report.slug(at: node.range) {
                let heading = report.plainText(node)
                passages.append(SitePassage(anchor: slug, level: max(2, level), heading: heading, text: ""))
            } else {
                add(text(node))
            }
        }
        for footnote in report.footnotes { add(text(footnote.node)) }
        return passages.filter { !$0.text.isEmpty || !$0.heading.isEmpty }
    }

    private func text(_ node: Node) -> String {
        switch node.kind {
        case .codeBlock(let block):
            guard let item = report.item(at: node.range) else { return block.literal }
            return item.directive.caption.map(report.plainText) ?? ""
        case .paragraph, .heading, .tableCell: return report.plainText(node)
        case .htmlBlock, .footnoteDefinition: return ""
        default: return node.children.map(text).joined(separator: " ")
        }
    }

    /// Each number once for a place.
    var numbers: [SiteNumber] {
        var seen: Set<SiteNumber> = []
        return report.orderedValues.compactMap { value in
            guard value.value.number != nil || value.value["estimate"] != nil else { return nil }
            let number = SiteNumber(path: value.path.description, text: value.text, anchor: anchor(at: value.range))
            return seen.insert(number).inserted ? number : nil
        }
    }

    var labels: [SiteLabel] {
        var labels: [SiteLabel] = []
        for item in report.orderedItems {
            let id = item.directive.id
            let title = item.directive.caption.map(finding)
            if item.figureNumber != nil, let place = report.reference("fig-\(id)") {
                labels.append(
                    SiteLabel(kind: .figure, name: "fig-\(id)", text: place.text, title: title, anchor: place.anchor))
            }
            if item.tableNumber != nil, let place = report.reference("tbl-\(id)") {
                labels.append(
                    SiteLabel(kind: .table, name: "tbl-\(id)", text: place.text, title: title, anchor: place.anchor))
            }
        }
        for (name, number) in report.equations.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
            labels.append(SiteLabel(kind: .equation, name: name, text: "Equation \(number)", title: nil, anchor: name))
        }
        for heading in report.headings {
            labels.append(
                SiteLabel(
                    kind: .section, name: "sec-\(heading.slug)", text: heading.text, title: nil, anchor: heading.slug))
        }
        return labels
    }

    /// What a caption finds: its beginning where that is set in weight, else all of it.
    private func finding(_ caption: RichText) -> String {
        if let first = caption.node.children.first?.children.first, case .strong = first.kind {
            return report.plainText(first)
        }
        return report.plainText(caption)
    }

    /// The anchor of the heading over a place; nil before the first, and in front matter.
    func anchor(at range: SourceRange) -> String? {
        report.headings.last { $0.range.file === range.file && $0.range.lower <= range.lower }?.slug
    }

    /// What stands before a link and behind it in its sentence; nil for one that stands in no prose.
    func sentence(around range: SourceRange) -> (before: String, after: String)? {
        let blocks = report.document.body.children + report.document.richTexts.map(\.node)
        guard let block = blocks.lazy.compactMap({ Self.block($0, holding: range) }).first else { return nil }
        var (before, after, isBehind) = ("", "", false)
        read(block, around: range, &before, &after, &isBehind)
        guard isBehind else { return nil }
        let opening = before.ranges(of: /[.?!]\s+/).last?.upperBound ?? before.startIndex
        let closing = after.firstRange(of: /[.?!](?=\s)/)?.upperBound ?? after.endIndex
        func joined(_ text: Substring) -> String { text.map { $0.isNewline ? " " : String($0) }.joined() }
        return (joined(before[opening...]), joined(after[..<closing]))
    }

    /// The innermost block of prose that a link stands in.
    private static func block(_ node: Node, holding range: SourceRange) -> Node? {
        guard node.contents.contains(.link) else { return nil }
        switch node.kind {
        case .paragraph, .heading, .tableCell: return holds(node, range) ? node : nil
        default: return node.children.lazy.compactMap { block($0, holding: range) }.first
        }
    }

    private static func holds(_ node: Node, _ range: SourceRange) -> Bool {
        if case .link = node.kind { return node.range == range }
        return node.children.contains { holds($0, range) }
    }

    private func read(
        _ node: Node, around range: SourceRange, _ before: inout String, _ after: inout String, _ isBehind: inout Bool
    ) {
        for child in node.children {
            if case .link = child.kind, child.range == range {
                isBehind = true
            } else if Self.holds(child, range) {
                read(child, around: range, &before, &after, &isBehind)
            } else if isBehind {
                after += report.plainText(child)
            } else {
                before += report.plainText(child)
            }
        }
    }
}
