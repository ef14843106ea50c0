import Diagnostics
import Documents
import Markdown
import Reports

/// Inlines written anew from their tree: for captions, cells and other rich text that stands somewhere else than in the
/// analysis.
struct InlineMarkdown {
    let report: Report

    func text(_ rich: RichText) -> String {
        rich.node.children.map { text($0.children) }.joined(separator: " ")
    }

    func text(_ nodes: [Node]) -> String { nodes.map(text).joined() }

    private func text(_ node: Node) -> String {
        if let value = report.values[node.range] { return markdownText(value.text) }
        switch node.kind {
        case .text(let text):
            return report.pieces(of: text).map { piece in
                switch piece {
                case .text(let text), .unknown(let text), .unknownCitation(_, let text): markdownText(text)
                case .citation(let citation, _): InlineMarkdown.citation(citation, in: report)
                case .reference(let reference, _): markdownText(reference.text)
                }
            }.joined()
        case .softBreak, .lineBreak: return " "
        case .code(let span): return markdownCode(span.literal).replacing("|", with: "\\|")
        case .emphasis: return wrapped(node, in: "*")
        case .strong: return wrapped(node, in: "**")
        case .strikethrough: return wrapped(node, in: "~~")
        case .link(let destination, _):
            let inner = text(node.children)
            let shown = report.links[node.range]?.markdown ?? destination
            guard report.claims[node.range] == nil, let safe = safeDestination(shown) else { return inner }
            return "[\(inner)](\(markdownDestination(safe)))"
        case .footnoteReference(let label): return "[^\(report.footnote(at: node.range)?.note.label ?? label)]"
        case .formula(let formula): return self.formula(formula)
        case .html, .htmlBlock: return ""
        default: return text(node.children)
        }
    }

    /// A citation with links to the list.
    static func citation(_ citation: Citation, in report: Report) -> String {
        report.citationPieces(citation).map { text, work in
            work == nil ? markdownText(text) : "[\(markdownText(text))](#\(report.referencesAnchor))"
        }.joined()
    }

    /// TeX on one line, without what would end a cell or begin a tag.
    private func formula(_ formula: Formula) -> String {
        let dollars = formula.isDisplay ? "$$" : "$"
        let tex = formula.tex.replacing("\n", with: " ").replacing("\\|", with: "\\Vert ")
            .replacing("|", with: "\\vert ").replacing("<", with: "\\lt ")
        return dollars + tex + dollars
    }

    private func wrapped(_ node: Node, in mark: String) -> String {
        let inner = text(node.children)
        return inner.isEmpty ? "" : mark + inner + mark
    }

    /// A caption: the number and the finding in weight, then the rest.
    func caption(name: String?, _ caption: RichText?) -> String? {
        guard let caption else { return nil }
        let nodes = caption.node.children.enumerated().flatMap { index, block in
            (index > 0 ? [Node(.text(" "), range: block.range)] : []) + block.children
        }
        let (finding, rest) = CaptionHTML.split(nodes)
        // Emphasis inside the finding would end the weight around it, so that part is plain.
        let plain = finding.map { node in
            switch node.kind {
            case .formula(let formula): self.formula(formula)
            case .footnoteReference: text(node)
            default: markdownText(report.plainText(node))
            }
        }
        return "**" + (name.map { "\($0). " } ?? "") + plain.joined() + "**" + text(rest)
    }
}
