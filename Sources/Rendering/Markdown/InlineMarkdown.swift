import Diagnostics
import Documents
import Markdown
import Reports

/// Inlines written anew from their tree: for captions, cells and other rich text that stands somewhere else than in the
/// analysis.
struct InlineMarkdown {
    let report: Report
    var flavour = MarkdownFlavour.github
    /// The report's name, for places that are known across documents.
    var name = ""
    /// Where the analysis's pictures lie.
    var images: ImageFiles?
    /// In a cell of a table `|` is escaped, and all stands on one line.
    private var isInCell = true
    /// Links hold no links.
    private var isInLink = false

    init(report: Report, flavour: MarkdownFlavour = .github, name: String = "", images: ImageFiles? = nil) {
        self.report = report
        self.flavour = flavour
        self.name = name
        self.images = images
    }

    /// Text in which nothing is markup.
    func plain(_ text: String) -> String {
        flavour == .github || flavour == .notebook ? markdownText(text) : markdownReferences(text)
    }

    /// A paragraph, each of its lines safe at its start.
    func prose(_ nodes: [Node]) -> String {
        var own = self
        own.isInCell = false
        return own.text(nodes).split(separator: "  \n", omittingEmptySubsequences: false)
            .map { markdownLineStart(String($0)) }.joined(separator: "  \n")
    }

    /// Rich text that a link is to hold.
    func linkText(_ rich: RichText) -> String {
        var own = self
        own.isInLink = true
        return own.text(rich)
    }

    func text(_ rich: RichText) -> String {
        rich.node.children.map { text($0.children) }.joined(separator: " ")
    }

    func text(_ nodes: [Node]) -> String { nodes.map(text).joined() }

    private func text(_ node: Node) -> String {
        if let value = report.values[node.range] { return plain(value.text) }
        switch node.kind {
        case .text(let text):
            return report.pieces(of: text).map { piece in
                switch piece {
                case .text(let text), .unknown(let text), .unknownCitation(_, let text): plain(text)
                case .citation(let citation, _): self.citation(citation)
                case .reference(let reference, _): self.reference(reference)
                }
            }.joined()
        case .lineBreak where !isInCell: return "  \n"
        case .softBreak, .lineBreak: return " "
        case .code(let span):
            let code = markdownCode(span.literal)
            return isInCell ? code.replacing("|", with: "\\|") : code
        case .image(let source, _):
            guard let path = images?.path(of: source, in: node.range.file) else { return text(node.children) }
            return "![\(plain(node.plainText))](\(flavour.picture(path)))"
        case .emphasis: return wrapped(node, in: "*")
        case .strong: return wrapped(node, in: "**")
        case .strikethrough: return wrapped(node, in: "~~")
        case .link(let destination, _):
            var own = self
            own.isInLink = true
            let inner = own.text(node.children)
            let shown = report.links[node.range]?.markdown ?? destination
            guard report.claims[node.range] == nil, let safe = safeDestination(shown) else { return inner }
            return link(inner, to: safe)
        case .footnoteReference(let label):
            let note = report.footnote(at: node.range)?.note
            // Notebooks know no footnotes.
            if flavour == .notebook, let note { return "<sup>\(note.number)</sup>" }
            return "[^\(note?.label ?? label)]"
        case .formula(let formula): return self.formula(formula)
        case .html, .htmlBlock: return ""
        default: return text(node.children)
        }
    }

    /// A citation with links to the list.
    func citation(_ citation: Citation) -> String {
        report.citationPieces(citation).map { text, work in
            work == nil || isInLink ? plain(text) : link(plain(text), to: "#" + report.referencesAnchor)
        }.joined()
    }

    /// A reference as a link; a formula's place has no name here.
    func reference(_ reference: Report.Reference) -> String {
        report.equations[reference.anchor] == nil && !isInLink
            ? link(plain(reference.text), to: "#" + reference.anchor) : plain(reference.text)
    }

    /// A link whose place is called as the tool calls it; to a directive of which nothing is shown there is none.
    func link(_ text: String, to destination: String) -> String {
        guard destination.hasPrefix("#"), let item = report.items[String(destination.dropFirst())] else {
            return "[\(text)](\(markdownDestination(destination)))"
        }
        guard item.isVisible else { return text }
        return "[\(text)](#\(flavour.target(item.directive.id, of: name)))"
    }

    /// TeX on one line, without what would end a cell or begin a tag.
    private func formula(_ formula: Formula) -> String {
        let dollars = formula.isDisplay ? "$$" : "$"
        var tex = formula.tex.replacing("\n", with: " ").replacing("<", with: "\\lt ")
        if isInCell { tex = tex.replacing("\\|", with: "\\Vert ").replacing("|", with: "\\vert ") }
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
            case .footnoteReference: self.text(node)
            default: self.plain(report.plainText(node))
            }
        }
        return "**" + (name.map { "\($0). " } ?? "") + plain.joined() + "**" + text(rest)
    }
}
