import Documents
import Markdown
import Reports

/// Blocks of prose written anew from their tree, for tools that read some of Markdown otherwise than a forge: lists are
/// indented by four, code is fenced, callouts are the tool's own, and what could mean something to it is escaped.
struct ComposedMarkdown {
    let inline: InlineMarkdown
    let directives: DirectiveMarkdown
    private var report: Report { inline.report }
    private var flavour: MarkdownFlavour { inline.flavour }

    init(inline: InlineMarkdown, directives: DirectiveMarkdown) {
        self.inline = inline
        self.directives = directives
    }

    /// nil where nothing of the block remains.
    func text(_ node: Node) -> String? {
        let text: String
        switch node.kind {
        case .paragraph: text = paragraph(node)
        case .heading(let level): text = heading(node, level)
        case .blockQuote: text = quote(node)
        case .list(let list): text = self.list(node, list)
        case .codeBlock(let block): text = code(block, node)
        case .thematicBreak: text = "---"
        case .table(let alignments): text = table(node, alignments)
        case .footnoteDefinition:
            guard let note = report.footnotes.first(where: { $0.node.range == node.range }) else { return nil }
            let head = flavour == .notebook ? "<sup>\(note.number)</sup> " : "[^\(note.label)]: "
            text = head + indented(blocks(node.children), by: 4).drop { $0 == " " }
        case .htmlBlock: return node.isReferencesMark ? referenceListMarkdown(inline) : nil
        default: text = blocks(node.children)
        }
        return text.isEmpty ? nil : text
    }

    func blocks(_ nodes: [Node]) -> String { nodes.compactMap(text).joined(separator: "\n\n") }

    private func paragraph(_ node: Node) -> String {
        if let displayed = node.displayedFormula, case .formula(let formula) = displayed.kind {
            return self.formula(formula)
        }
        return inline.prose(node.children)
    }

    private func formula(_ formula: Formula) -> String {
        let tag = formula.label.flatMap { report.equations[$0] }.map { " \\tag{\($0)}" } ?? ""
        var tex = formula.tex.replacing("<", with: "\\lt ")
        while tex.first?.isWhitespace == true { tex.removeFirst() }
        while tex.last?.isWhitespace == true { tex.removeLast() }
        return "$$\n\(tex)\(tag)\n$$"
    }

    private func heading(_ node: Node, _ level: Int) -> String {
        let anchor = report.slug(at: node.range).map(flavour.headingAnchor) ?? ""
        return String(repeating: "#", count: level) + " " + inline.text(node.children) + anchor
    }

    private func quote(_ node: Node) -> String {
        if let callout = node.callout { return flavour.callout(callout.kind, blocks(callout.content)) }
        return blocks(node.children).split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
    }

    private func list(_ node: Node, _ list: Node.List) -> String {
        // A tight list stays so while nothing stands in it that some tool wants apart.
        let isTight =
            list.isTight
            && node.children.allSatisfy { item in
                item.children.allSatisfy { child in
                    if case .list = child.kind { return true }
                    return child.kind == .paragraph && child.displayedFormula == nil
                }
            }
        let items = node.children.enumerated().map { index, item -> String in
            let mark = list.start.map { "\($0 + index)." } ?? "-"
            let width = max(4, mark.utf8.count + 1)
            var content = isTight ? item.children.compactMap(text).joined(separator: "\n") : blocks(item.children)
            if case .item(let checked?) = item.kind { content = (checked ? "[x] " : "[ ] ") + content }
            let lead = mark + String(repeating: " ", count: width - mark.utf8.count)
            return lead + indented(content, by: width).dropFirst(content.isEmpty ? 0 : width)
        }
        return items.joined(separator: isTight ? "\n" : "\n\n")
    }

    private func code(_ block: Node.CodeBlock, _ node: Node) -> String {
        if let item = report.item(at: node.range) { return directives.text(item) }
        // What stands in braces would be run by some tools.
        let info = block.info.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-#_.".contains($0)) }
        return markdownFence(block.literal, info: String(info))
    }

    private func table(_ node: Node, _ alignments: [Node.ColumnAlignment]) -> String {
        func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        let rule = alignments.map { alignment in
            switch alignment {
            case .none: "---"
            case .left: ":--"
            case .center: ":-:"
            case .right: "--:"
            }
        }
        var lines = node.children.map { line in row(line.children.map { inline.text($0.children) }) }
        lines.insert(row(rule), at: min(1, lines.count))
        return lines.joined(separator: "\n")
    }
}
