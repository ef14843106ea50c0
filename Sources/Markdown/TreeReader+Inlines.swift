import CCMarkGFM
import Diagnostics

/// Inlines: the tree is cmark's, the places are found by reading the block's text along with it.
///
/// cmark says what each inline is; a cursor over the text then only has to skip delimiters and escapes, and cannot
/// drift as cmark's own columns do behind links over two lines, in indented lines and in table cells.
extension TreeReader {
    func inlines(_ block: OpaquePointer) -> [Node] { inlines(of: block, depth: 0) }

    private func inlines(of parent: OpaquePointer, depth: Int) -> [Node] {
        var nodes: [Node] = []
        var isBehindText = false
        var next = cmark_node_first_child(parent)
        while let node = next {
            next = cmark_node_next(node)
            let isText = cmark_node_get_type(node) == CMARK_NODE_TEXT
            guard let read = inline(node, depth: depth) else { continue }
            if isText, isBehindText, case .text(let more) = read.kind, case .text(let text) = nodes.last?.kind {
                let lower = nodes[nodes.count - 1].range.lower
                nodes[nodes.count - 1] = Node(.text(text + more), range: place(lower, read.range.upper))
            } else {
                nodes.append(read)
            }
            isBehindText = isText
        }
        return uncovered(nodes)
    }

    private func inline(_ node: OpaquePointer, depth: Int) -> Node? {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT: return text(node)
        case CMARK_NODE_SOFTBREAK: return lineBreak(.softBreak)
        case CMARK_NODE_LINEBREAK: return lineBreak(.lineBreak)
        case CMARK_NODE_CODE: return code(node)
        case CMARK_NODE_HTML_INLINE: return html(node)
        case CMARK_NODE_EMPH: return delimited(.emphasis, node, length: 1, depth: depth)
        case CMARK_NODE_STRONG: return delimited(.strong, node, length: 2, depth: depth)
        case CMARK_NODE_LINK: return link(node, depth: depth)
        case CMARK_NODE_IMAGE: return image(node, depth: depth)
        case CMARK_NODE_FOOTNOTE_REFERENCE: return footnoteReference()
        default:
            if String(cString: cmark_node_get_type_string(node)) == "strikethrough" {
                let length = content.run(of: UInt8(ascii: "~"), at: position) >= 2 ? 2 : 1
                return delimited(.strikethrough, node, length: length, depth: depth)
            }
            report(.error(.unknownMarkdown, "This kind of Markdown is not known", at: span(position, position)))
            return nil
        }
    }

    /// The range in the file of a range of the block's text.
    func span(_ lower: Int, _ upper: Int) -> SourceRange {
        let found = map.source(lower, min(upper, content.count))
        return place(found.lower, found.upper)
    }

    private func text(_ node: OpaquePointer) -> Node {
        let string = literal(node)
        let start = position
        position = TextMatch.end(of: string, in: content, from: position)
        return Node(.text(string), range: span(start, position))
    }

    private func lineBreak(_ kind: Node.Kind) -> Node {
        var start = position
        var isEscaped = false
        while position < content.count, content[position].isBlank || content[position] == UInt8(ascii: "\\") {
            isEscaped = content[position] == UInt8(ascii: "\\")
            position += 1
        }
        if kind == .softBreak { start = position }
        if content.at(position) == 0x0D { position += 1 }
        if content.at(position) == 0x0A { position += 1 }
        let lower = map.source(start)
        var upper = map.source(max(start, position - 1)) + (position > start ? 1 : 0)
        if kind == .softBreak {
            // White space at a line's end is no part of the map, the line end behind it is.
            upper = min(max(upper, lower), range.upper)
        }
        // Behind a backslash cmark leaves the next line's indentation in the text.
        while !isEscaped, position < content.count, content[position].isBlank { position += 1 }
        return Node(kind, range: place(lower, upper))
    }

    private func code(_ node: OpaquePointer) -> Node {
        let string = literal(node)
        var start = position
        while start < content.count {
            while start < content.count, content[start] != UInt8(ascii: "`") { start += 1 }
            let ticks = content.run(of: UInt8(ascii: "`"), at: start)
            if ticks > 0, let close = closing(ticks, from: start + ticks) {
                position = close + ticks
                return Node(.code(Node.CodeSpan(literal: string, backticks: ticks)), range: span(start, position))
            }
            start += max(1, ticks)
        }
        return Node(.code(Node.CodeSpan(literal: string, backticks: 1)), range: span(position, position))
    }

    private func closing(_ ticks: Int, from start: Int) -> Int? {
        var index = start
        while index < content.count {
            if content[index] == UInt8(ascii: "`") {
                let run = content.run(of: UInt8(ascii: "`"), at: index)
                if run == ticks { return index }
                index += run
            } else {
                index += 1
            }
        }
        return nil
    }

    private func html(_ node: OpaquePointer) -> Node? {
        let string = literal(node)
        let start = position
        let count = string.utf8.count
        position = min(content.count, start + count)
        let range = span(start, position)
        if Safety.isComment(string) { return nil }
        if !string.hasPrefix("</") { report(rawHTML(at: range)) }
        return Node(.html(string), range: range)
    }

    private func delimited(_ kind: Node.Kind, _ node: OpaquePointer, length: Int, depth: Int) -> Node {
        let start = position
        position = min(content.count, position + length)
        let children = deeper(node, depth: depth, at: start)
        position = min(content.count, position + length)
        return Node(kind, range: span(start, position), children: children)
    }

    /// The inlines inside `node`, unless they nest too deep.
    private func deeper(_ node: OpaquePointer, depth: Int, at start: Int) -> [Node] {
        guard depth < MarkdownParser.deepestNesting else {
            report(
                .error(
                    .nestingTooDeep, "Emphasis and links nest at most \(MarkdownParser.deepestNesting) deep",
                    at: span(start, start)))
            return []
        }
        return inlines(of: node, depth: depth + 1)
    }

    private func footnoteReference() -> Node {
        let start = position
        let end = LinkTail.labelEnd(in: content, at: start) ?? start
        position = end
        let label =
            end - start > 3 ? String(decoding: content[(start + 2)..<(end - 1)], as: UTF8.self).lowercased() : ""
        return Node(.footnoteReference(label: label), range: span(start, end))
    }

    // MARK: Links

    private func link(_ node: OpaquePointer, depth: Int) -> Node {
        let start = position
        let children: [Node]
        switch content.at(position) {
        case UInt8(ascii: "["):
            position += 1
            children = deeper(node, depth: depth, at: start)
            skipTail(behind: node)
        case UInt8(ascii: "<"):
            position += 1
            children = deeper(node, depth: depth, at: start)
            position = min(content.count, position + 1)
        default: children = deeper(node, depth: depth, at: start)
        }
        let range = span(start, position)
        let destination = safe(cmark_node_get_url(node), at: range)
        let title = cmark_node_get_title(node).map { String(cString: $0) } ?? ""
        return Node(.link(destination: destination, title: title), range: range, children: children)
    }

    private func image(_ node: OpaquePointer, depth: Int) -> Node {
        let start = position
        position = min(content.count, position + 2)
        let children = deeper(node, depth: depth, at: start)
        skipTail(behind: node)
        let range = span(start, position)
        let title = cmark_node_get_title(node).map { String(cString: $0) } ?? ""
        return Node(
            .image(source: safe(cmark_node_get_url(node), at: range), title: title), range: range, children: children)
    }

    /// Moves behind `]` and what belongs to it: `(…)`, `[label]`, `[]` or nothing.
    private func skipTail(behind node: OpaquePointer) {
        position = min(content.count, position + 1)
        if let end = LinkTail.inlineEnd(in: content, at: position) {
            position = end
        } else if let end = LinkTail.labelEnd(in: content, at: position), !isText(behind: node, until: end) {
            position = end
        }
    }

    /// Whether the bracket behind a link is text of its own: `[known][unknown]` is a link and a text.
    private func isText(behind node: OpaquePointer, until end: Int) -> Bool {
        guard let next = cmark_node_next(node), cmark_node_get_type(next) == CMARK_NODE_TEXT else { return false }
        let label = String(decoding: content[position..<end], as: UTF8.self)
        return literal(next).hasPrefix(label)
    }

    private func safe(_ url: UnsafePointer<CChar>?, at range: SourceRange) -> String {
        let destination = url.map { String(cString: $0) } ?? ""
        guard let scheme = Safety.forbiddenScheme(destination) else { return destination }
        report(
            .warning(
                .unsafeLink, "A link begins with http, https or mailto, or is relative; '\(scheme):' is left out",
                at: range))
        return ""
    }
}
