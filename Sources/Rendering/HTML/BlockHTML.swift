import Diagnostics
import Documents
import Markdown
import Markup
import Reports

/// Blocks of prose as HTML; directives in their places.
struct BlockHTML {
    let report: Report
    let inline: InlineHTML

    init(_ report: Report) {
        self.report = report
        inline = InlineHTML(report: report)
    }

    func blocks(_ nodes: [Node]) -> [MarkupNode] {
        nodes.flatMap { [block($0), .text("\n")] }
    }

    private func block(_ node: Node) -> MarkupNode {
        switch node.kind {
        case .paragraph: return paragraph(node)
        case .heading(let level): return heading(node, level)
        case .blockQuote: return node.callout.map(callout) ?? .tag("blockquote", [:], blocks(node.children))
        case .list(let list): return self.list(node, list)
        case .codeBlock(let block): return code(block, node)
        case .thematicBreak: return .tag("hr")
        case .table(let alignments): return table(node, alignments)
        // Raw HTML is off; footnotes stand at the end.
        case .htmlBlock where node.isReferencesMark: return referenceListHTML(report)
        case .htmlBlock, .footnoteDefinition: return .nothing
        default: return .fragment(blocks(node.children))
        }
    }

    private func paragraph(_ node: Node) -> MarkupNode {
        guard let displayed = node.displayedFormula, case .formula(let formula) = displayed.kind else {
            return .tag("p", [:], inline.nodes(node.children))
        }
        return inline.formula(formula, displayed, in: "div")
    }

    private func heading(_ node: Node, _ level: Int) -> MarkupNode {
        let children = inline.nodes(node.children)
        guard let slug = report.slug(at: node.range) else { return .tag("h\(max(2, level))", [:], children) }
        // The title is the page's only h1.
        return .tag(
            "h\(max(2, level))", ["id": slug],
            children + [
                .tag("a", ["class": "anchor", "href": "#\(slug)", "aria-label": "Link to this section"], text: "#")
            ])
    }

    private func list(_ node: Node, _ list: Node.List) -> MarkupNode {
        let items = node.children.map { item -> MarkupNode in
            var content: [MarkupNode] = item.children.map { child in
                if list.isTight, case .paragraph = child.kind { return .fragment(inline.nodes(child.children)) }
                return block(child)
            }
            guard case .item(let checked) = item.kind, let checked else { return .tag("li", [:], content) }
            content.insert(
                .tag(
                    "input",
                    [
                        "type": "checkbox", "disabled": "", "checked": checked ? "" : nil,
                        "aria-label": checked ? "done" : "to do",
                    ]), at: 0)
            return .tag("li", ["class": "task-item"], content)
        }
        guard let start = list.start else { return .tag("ul", [:], items) }
        return .tag("ol", ["start": start == 1 ? nil : String(start)], items)
    }

    private func code(_ block: Node.CodeBlock, _ node: Node) -> MarkupNode {
        if let item = report.item(at: node.range) { return DirectiveHTML(report: report, inline: inline).node(item) }
        let language = block.info.prefix { !$0.isWhitespace }
        return .tag(
            "pre", ["tabindex": "0"],
            [.tag("code", ["class": language.isEmpty ? nil : "language-\(language)"], text: block.literal)])
    }

    /// Tables without a caption are a group, not a landmark: several have one name.
    private func table(_ node: Node, _ alignments: [Node.ColumnAlignment]) -> MarkupNode {
        func row(_ row: Node, isHeader: Bool) -> MarkupNode {
            .tag(
                "tr", [:],
                row.children.enumerated().map { column, cell in
                    let alignment = column < alignments.count ? alignments[column] : .none
                    // A header without words heads nothing.
                    let isHeading = isHeader && !cell.children.isEmpty
                    return .tag(
                        isHeading ? "th" : "td",
                        ["class": Self.cssClass(alignment), "scope": isHeading ? "col" : nil],
                        inline.nodes(cell.children))
                })
        }
        let header = node.children.filter { $0.kind == .tableRow(isHeader: true) }
        let body = node.children.filter { $0.kind == .tableRow(isHeader: false) }
        return .tag(
            "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Table"],
            [
                .tag(
                    "table", ["class": isSortable(body) ? "sortable" : nil],
                    [
                        .tag("thead", [:], header.map { row($0, isHeader: true) }),
                        .tag("tbody", [:], body.map { row($0, isHeader: false) }),
                    ])
            ])
    }

    /// Whether there is a column of numbers by which several rows could be sorted; words stand in the author's order.
    private func isSortable(_ rows: [Node]) -> Bool {
        guard rows.count > 2, let width = rows.map(\.children.count).max() else { return false }
        return (0..<width).contains { column in
            let texts = rows.compactMap { row in
                column < row.children.count ? report.plainText(row.children[column]) : nil
            }.filter { !$0.isEmpty }
            return texts.count > 2 && texts.allSatisfy(BlockHTML.isNumber)
        }
    }

    /// Whether a text is what the page's script takes for a number.
    private static func isNumber(_ text: String) -> Bool {
        Double(text.replacing("\u{2212}", with: "-").replacing("\u{2009}", with: "").replacing("%", with: "")) != nil
    }

    private static func cssClass(_ alignment: Node.ColumnAlignment) -> String? {
        switch alignment {
        case .none, .left: nil
        case .center: "center"
        case .right: "right"
        }
    }

    private func callout(_ callout: Callout) -> MarkupNode {
        let kind = callout.kind.rawValue
        let title = kind.prefix(1).uppercased() + kind.dropFirst()
        return .tag(
            "div", ["class": "callout \(kind)", "role": "note"],
            [.tag("p", ["class": "callout-title"], text: title), .fragment(blocks(callout.content))])
    }
}
