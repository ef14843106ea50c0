import Diagnostics
import Markdown

extension RichText {
    /// The text with `[^label]` as references to footnotes, where the file that it stands in defines them.
    ///
    /// A scalar is parsed on its own, so that to the parser `[^label]` is text there.
    func linking(footnotes labels: Set<String>) -> RichText {
        guard !labels.isEmpty, source.contains("[^"), !source.contains("\\[^") else { return self }
        var copy = self
        copy.node = node.linking(footnotes: labels)
        return copy
    }
}

extension Node {
    /// The labels of the footnotes below a node, those of each file apart.
    var footnoteLabels: [ObjectIdentifier: Set<String>] {
        var labels: [ObjectIdentifier: Set<String>] = [:]
        for child in children {
            guard case .footnoteDefinition(let label) = child.kind else { continue }
            labels[ObjectIdentifier(child.range.file), default: []].insert(label)
        }
        return labels
    }

    fileprivate func linking(footnotes labels: Set<String>) -> Node {
        var copy = self
        copy.children = children.flatMap { child -> [Node] in
            guard case .text(let text) = child.kind else { return [child.linking(footnotes: labels)] }
            return Node.split(text, child.range, labels)
        }
        return copy
    }

    private static let longestLabel = 1000

    private static func split(_ text: String, _ range: SourceRange, _ labels: Set<String>) -> [Node] {
        var nodes: [Node] = []
        var plain = ""
        var lower = range.lower
        var rest = text[...]
        func end() {
            if !plain.isEmpty { nodes.append(Node(.text(plain), range: range)) }
            plain = ""
        }
        while let character = rest.first {
            let inner = rest.hasPrefix("[^") ? rest.dropFirst(2).prefix(longestLabel).prefix { $0 != "]" } : ""
            let label = inner.lowercased()
            guard labels.contains(label), rest.dropFirst(inner.count + 2).first == "]" else {
                plain.append(character)
                rest = rest.dropFirst()
                continue
            }
            end()
            let written = "[^\(inner)]"
            let place = SourceRange(file: range.file, lower: lower, upper: range.upper).first(written) ?? range
            lower = place.upper
            nodes.append(Node(.footnoteReference(label: label), range: place))
            rest = rest.dropFirst(written.count)
        }
        end()
        return nodes
    }
}
