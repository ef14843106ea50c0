import Diagnostics
import Markdown

/// A file parsed, with what was said of it.
struct Parsed {
    var source: SourceFile
    var root: Node
    var diagnostics: [Diagnostic]

    init(_ text: String, from offset: Int = 0) {
        source = SourceFile(path: "a.md", text: text)
        diagnostics = []
        root = MarkdownParser.parse(source, from: offset, diagnostics: &diagnostics)
    }

    /// Every node in document order with its name and the source text of its range.
    var outline: [String] {
        var lines: [String] = []
        func visit(_ node: Node) {
            lines.append("\(name(of: node.kind)): \(node.range.text)")
            node.children.forEach(visit)
        }
        root.children.forEach(visit)
        return lines
    }

    func nodes(_ name: String) -> [Node] {
        var found: [Node] = []
        func visit(_ node: Node) {
            if self.name(of: node.kind) == name { found.append(node) }
            node.children.forEach(visit)
        }
        visit(root)
        return found
    }

    func name(of kind: Node.Kind) -> String {
        let text = "\(kind)"
        return String(text.prefix { $0 != "(" }.split(separator: ".").last ?? "")
    }
}
