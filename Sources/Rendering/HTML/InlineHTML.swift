import Diagnostics
import Documents
import Markdown
import Markup
import Reports
import Values

/// Inlines of prose as HTML.
struct InlineHTML {
    let report: Report
    /// Whether values can be reached by keyboard; not inside a link.
    var reachesValues = true

    func nodes(_ nodes: [Node]) -> [MarkupNode] { nodes.map { node($0) } }

    /// Rich text of one paragraph, without the paragraph.
    func inline(_ text: RichText) -> [MarkupNode] {
        text.node.children.enumerated().flatMap { index, block in
            (index > 0 ? [.text(" ")] : []) + nodes(block.children)
        }
    }

    private func node(_ node: Node) -> MarkupNode {
        switch node.kind {
        case .text(let text): return self.text(text)
        case .softBreak: return "\n"
        case .lineBreak: return .tag("br")
        case .code(let span): return code(span, node)
        case .emphasis: return .tag("em", [:], nodes(node.children))
        case .strong: return .tag("strong", [:], nodes(node.children))
        case .strikethrough: return .tag("del", [:], nodes(node.children))
        case .link(let destination, let title): return link(node, destination, title)
        case .image(let source, let title): return image(node, source, title)
        case .footnoteReference(let label): return footnoteReference(label, node)
        case .formula(let formula): return self.formula(formula, node, in: "span")
        // Raw HTML is off.
        case .html, .htmlBlock: return .nothing
        default: return .fragment(nodes(node.children))
        }
    }

    private func text(_ text: String) -> MarkupNode {
        let pieces = report.pieces(of: text)
        if case .text(let whole)? = pieces.first, pieces.count == 1 { return .text(whole) }
        return .fragment(
            pieces.map { piece in
                switch piece {
                case .text(let text), .unknown(let text), .unknownCitation(_, let text): .text(text)
                case .citation(let citation, _): self.citation(citation)
                case .reference(let reference, _):
                    .tag("a", ["href": "#\(reference.anchor)", "class": "ref"], text: reference.text)
                }
            })
    }

    /// A citation whose works lead to the reference list and tell themselves on hover and focus.
    private func citation(_ citation: Citation) -> MarkupNode {
        .fragment(
            report.citationPieces(citation).map { text, work in
                guard let work else { return .text(text) }
                return .tag(
                    "a", ["class": "cite", "href": "#\(work.anchor)", "data-source": work.plainText], text: text)
            })
    }

    private func code(_ span: Node.CodeSpan, _ node: Node) -> MarkupNode {
        report.values[node.range].map { value($0, isReachable: reachesValues) } ?? .tag("code", [:], text: span.literal)
    }

    /// A computed number with its lineage; `isReachable` by keyboard.
    func value(_ value: ResolvedValue, isReachable: Bool, text: String? = nil) -> MarkupNode {
        let number = value.value.number ?? value.value["estimate"]?.number
        return .tag(
            number == nil ? "span" : "data",
            [
                "class": "value", "value": number.map(Value.ecmaScript), "tabindex": isReachable ? "0" : nil,
                "data-source": report.lineage(of: value),
            ], text: text ?? value.text)
    }

    private func link(_ node: Node, _ destination: String, _ title: String) -> MarkupNode {
        let children = nodes(node.children)
        if let claim = report.claims[node.range] { return self.claim(claim, children) }
        // A claim that could not be checked leads nowhere.
        if destination.hasPrefix("#"), destination.contains(".") { return .fragment(children) }
        guard let destination = safeDestination(report.links[node.range]?.page ?? destination) else {
            return .fragment(children)
        }
        return .tag("a", ["href": destination, "title": title.isEmpty ? nil : title], children)
    }

    /// A claim shows that it was checked, and in a partial report that it no longer holds.
    private func claim(_ claim: ResolvedClaim, _ children: [MarkupNode]) -> MarkupNode {
        let root = claim.path.root
        let target = report.items[root].flatMap { $0.isVisible ? "#" + root : nil }
        let state = claim.isJudged ? "checked when this report was built" : "not judged in a draft"
        let lineage = "\(claim.path) is \(claim.current)\n\(state)"
        let (sign, words) =
            !claim.isJudged
            ? ("?", " (not judged)") : claim.holds ? ("✓", " (checked)") : ("✗", " (no longer holds: \(claim.current))")
        let mark: MarkupNode = .tag(
            "span", ["class": "check"],
            [.tag("span", ["aria-hidden": "true"], text: sign), .tag("span", ["class": "hidden"], text: words)])
        return .tag(
            target == nil ? "span" : "a",
            [
                "class": claim.holds ? "claim" : "claim broken", "href": target, "tabindex": target == nil ? "0" : nil,
                "data-source": lineage,
            ], children + [mark])
    }

    /// A formula; a displayed one in `element`, centred, with its number at the right.
    func formula(_ formula: Formula, _ node: Node, in element: String) -> MarkupNode {
        let math = report.formulas[node.range] ?? .tag("code", [:], text: formula.tex)
        guard formula.isDisplay else { return math }
        let number = formula.label.flatMap { report.equations[$0] }
        return .tag(
            element, ["class": "equation", "id": number == nil ? nil : formula.label],
            [
                .tag(
                    "span",
                    [
                        "class": "formula", "tabindex": "0", "role": "group",
                        "aria-label": number.map { "Equation \($0)" } ?? "Equation",
                    ], [math]),
                number.map { .tag("span", ["class": "number"], text: "(\($0))") } ?? .nothing,
            ])
    }

    /// Local images travel in the page; remote ones are never loaded.
    private func image(_ node: Node, _ source: String, _ title: String) -> MarkupNode {
        let alt = node.children.map(\.plainText).joined()
        guard let image = report.image(source, in: node.range.file) else {
            return .tag("em", ["class": "missing-image"], text: alt)
        }
        return .tag(
            "img",
            ["src": dataURI(image), "alt": alt, "title": title.isEmpty ? nil : title])
    }

    private func footnoteReference(_ label: String, _ node: Node) -> MarkupNode {
        guard let (footnote, index) = report.footnote(at: node.range) else { return .text("[^\(label)]") }
        return .tag(
            "sup", ["class": "footnote-ref"],
            [
                .tag(
                    "a",
                    [
                        "href": "#fn:\(footnote.number)", "id": footnoteAnchor(footnote, reference: index),
                        "aria-label": "Footnote \(footnote.number)",
                    ], text: String(footnote.number))
            ])
    }
}
