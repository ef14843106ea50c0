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
                case .text(let text), .unknown(let text): text
                case .reference(let reference, _): reference.text
                }
            }.joined()
        case .code, .formula, .softBreak, .lineBreak: return node.plainText
        case .html, .htmlBlock: return ""
        default: return node.children.map(plainText).joined()
        }
    }
}
