package import Diagnostics
import Markdown

/// What a text says to the program, whatever its form: that formatting changes nothing is checked by it.
package enum DocumentMeaning {
    /// Whether two texts are the same analysis, or the same part of one, but for places, the order of directives' keys
    /// and the spaces of tables.
    package static func isSame(_ a: SourceFile, _ b: SourceFile) -> Bool {
        let (first, second) = (FrontMatterBlock(a), FrontMatterBlock(b))
        switch (yaml(first.yaml), yaml(second.yaml)) {
        case (nil, nil): break
        case (let a?, let b?): if !isSame(a, b, ordered: true) { return false }
        default: return false
        }
        var diagnostics: [Diagnostic] = []
        let before = MarkdownParser.parse(a, from: first.bodyStart, diagnostics: &diagnostics)
        let after = MarkdownParser.parse(b, from: second.bodyStart, diagnostics: &diagnostics)
        return isSame(before, after)
    }

    /// - Parameter ordered: Whether the order of keys says something.
    static func isSame(_ a: OptionNode, _ b: OptionNode, ordered: Bool) -> Bool {
        switch (a.content, b.content) {
        case (.scalar(let a), .scalar(let b)): return a == b
        case (.list(let a), .list(let b)):
            return a.count == b.count && zip(a, b).allSatisfy { isSame($0, $1, ordered: ordered) }
        case (.mapping(let first), .mapping(let second)):
            if ordered, first.map(\.key) != second.map(\.key) { return false }
            return first.count == second.count
                && first.allSatisfy { entry in
                    b[entry.key].map { isSame(entry.value, $0, ordered: ordered) } ?? false
                }
        default: return false
        }
    }

    private static func isSame(_ a: Node, _ b: Node) -> Bool {
        guard a.children.count == b.children.count, isSameKind(a, b) else { return false }
        return zip(a.children, b.children).allSatisfy { isSame($0, $1) }
    }

    private static func isSameKind(_ a: Node, _ b: Node) -> Bool {
        switch (a.kind, b.kind) {
        case (.codeBlock(let first), .codeBlock(let second)):
            guard first.info == second.info, first.isFenced == second.isFenced, first.isClosed == second.isClosed
            else { return false }
            if first.literal == second.literal { return true }
            guard let head = FenceHead(first, a.range), DirectiveSchema.named(head.word) != nil,
                let before = yaml(first.bodyRange), let after = yaml(second.bodyRange)
            else { return false }
            return isSame(before, after, ordered: false)
        case (.formula(let a), .formula(let b)):
            return a.tex == b.tex && a.isDisplay == b.isDisplay && a.label == b.label
        default: return a.kind == b.kind
        }
    }

    /// The mapping in a range; nil where there is no range, or no mapping.
    private static func yaml(_ range: SourceRange?) -> OptionNode? {
        guard let range else { return nil }
        var diagnostics: [Diagnostic] = []
        return YAMLReader.mapping(range, of: "", diagnostics: &diagnostics)
    }
}
