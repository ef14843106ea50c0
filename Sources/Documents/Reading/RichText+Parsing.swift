package import Diagnostics
import Markdown

extension RichText {
    /// Reads inline Markdown that stands in a YAML scalar at `range`: a caption, a cell, a footnote.
    package static func parse(_ source: String, at range: SourceRange, diagnostics: inout [Diagnostic]) -> RichText {
        let node = MarkdownParser.parseInline(source, at: range, diagnostics: &diagnostics)
        // A tree in a text of its own has places that people cannot see.
        var reader = InlineReader(scalar: node.range.file === range.file ? nil : range)
        reader.read(node)
        diagnostics += reader.diagnostics
        return RichText(source: source, node: node, values: reader.values, claims: reader.claims, range: range)
    }

    /// A scalar as inline Markdown; one that is wholly `{path}` is that value. nil for anything but a scalar.
    static func read(_ node: OptionNode?, diagnostics: inout [Diagnostic]) -> RichText? {
        guard let node, let scalar = node.scalar, let text = node.string else { return nil }
        return parse(scalar.reference == nil ? text : "`\(text)`", at: node.range, diagnostics: &diagnostics)
    }

    /// Text without any markup in it.
    package static func plain(_ text: String, at range: SourceRange) -> RichText {
        let children = text.isEmpty ? [] : [Node(.paragraph, range: range, children: [Node(.text(text), range: range)])]
        return RichText(
            source: text, node: Node(.document, range: range, children: children), values: [:], claims: [:],
            range: range)
    }
}
