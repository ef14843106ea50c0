import Diagnostics
import Documents
import Markdown
import Markup
import Reports

/// Captions: the number, the finding in weight, then what is shown.
struct CaptionHTML {
    let inline: InlineHTML

    /// The caption of something numbered, e.g. "Figure 1.", whose number is a link to its own place, `anchor`, for those
    /// who want to pass it on; empty where there is neither number nor text.
    func nodes(name: String?, at anchor: String, _ caption: RichText?) -> [MarkupNode] {
        guard let caption else { return [] }
        let parts = caption.node.children.enumerated().flatMap { index, block in
            (index > 0 ? [Node(.text(" "), range: block.range)] : []) + block.children
        }
        let (finding, rest) = CaptionHTML.split(parts)
        var strong: [MarkupNode] = name.map { [selfLink(anchor, text: "\($0)."), " "] } ?? []
        strong += inline.nodes(finding)
        return [.tag("strong", [:], strong)] + inline.nodes(rest)
    }

    /// Cuts behind the first sentence: a full stop after a word of three letters or more (no "e.g."), then a space and
    /// a capital. Where the author set the beginning in weight, that is the finding.
    static func split(_ nodes: [Node]) -> (first: [Node], rest: [Node]) {
        if let first = nodes.first, case .strong = first.kind { return (first.children, Array(nodes.dropFirst())) }
        for (index, node) in nodes.enumerated() {
            guard case .text(let text) = node.kind, let end = sentenceEnd(text) else { continue }
            let head = Node(.text(String(text[..<end])), range: node.range)
            let tail = Node(.text(String(text[end...])), range: node.range)
            return (Array(nodes[..<index]) + [head], [tail] + nodes[(index + 1)...])
        }
        return (nodes, [])
    }

    private static func sentenceEnd(_ text: String) -> String.Index? {
        let characters = Array(text)
        for (index, character) in characters.enumerated() where ".?!".contains(character) {
            guard index + 2 < characters.count, characters[index + 1] == " ", characters[index + 2].isUppercase,
                !(1...3).contains(where: { back in
                    index >= back && !characters[index - back].isLetter && !characters[index - back].isNumber
                }) || character != "."
            else { continue }
            return text.index(text.startIndex, offsetBy: index + 1)
        }
        return nil
    }
}

/// A link of something to its own place, as its name: to be copied, or kept in the address.
func selfLink(_ anchor: String, text: String) -> MarkupNode {
    .tag("a", ["class": "self", "href": "#\(anchor)"], text: text)
}
