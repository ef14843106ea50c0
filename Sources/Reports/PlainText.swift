import Diagnostics
package import Documents
package import Markdown

extension Report {
    /// Rich text without markup, live values in place.
    package func plainText(_ text: RichText) -> String {
        text.node.children.map(plainText).joined(separator: " ")
    }

    /// A node's text without markup, live values in place.
    package func plainText(_ node: Node) -> String {
        if let value = values[node.range] { return value.text }
        switch node.kind {
        case .text(let text):
            return pieces(of: text).map { piece in
                switch piece {
                case .text(let text), .unknown(let text), .unknownCitation(_, let text): text
                case .citation(let citation, _): plainText(citation)
                case .reference(let reference, _): reference.text
                }
            }.joined()
        case .code, .formula, .softBreak, .lineBreak: return node.plainText
        case .html, .htmlBlock: return ""
        default: return node.children.map(plainText).joined()
        }
    }

    /// "(Bibaut et al. 2024, p. 3; Chou 2025)", or "Bibaut et al. (2024)" in a sentence.
    package func plainText(_ citation: Citation) -> String {
        citationPieces(citation).map(\.text).joined()
    }

    /// A citation as texts, those that name a work with it.
    package func citationPieces(_ citation: Citation) -> [(text: String, work: CitedWorks.Work?)] {
        var pieces: [(text: String, work: CitedWorks.Work?)] = citation.isInText ? [] : [("(", nil)]
        for (index, item) in citation.items.enumerated() {
            guard let work = cited[item.key] else { continue }
            if index > 0 { pieces.append(("; ", nil)) }
            if !item.prefix.isEmpty { pieces.append((item.prefix, nil)) }
            let name =
                citation.isInText
                ? "\(work.names) (\(work.year))" : item.leavesOutNames ? work.year : "\(work.names) \(work.year)"
            pieces.append((name, work))
            if !item.suffix.isEmpty { pieces.append((item.suffix, nil)) }
        }
        return citation.isInText ? pieces : pieces + [(")", nil)]
    }
}
