import CCMarkGFM
import Diagnostics

/// Turns cmark's tree into nodes whose ranges are right.
///
/// It recurses, but never deeper than `MarkdownParser.deepestNesting` blocks and as many inlines: what lies deeper is
/// left out with a diagnostic.
final class TreeReader {
    let range: SourceRange
    /// The text as cmark saw it, formulas covered.
    let source: Bytes
    /// The file's own bytes.
    let original: Bytes
    let mask: FormulaMask?
    /// The mask's formulas that are in the tree.
    var found: Set<Int> = []
    var diagnostics: [Diagnostic] = []
    /// Where the text that cmark was given begins.
    private let base: Int
    /// How many lines of the file lie before that.
    private let linesBefore: Int
    private var warned: [DiagnosticCode: Int] = [:]

    // The text of the block whose inlines are being read; see TreeReader+Inlines.
    var content = Bytes(start: nil, count: 0)
    var map = ContentMap()
    var position = 0

    init(range: SourceRange, source: Bytes, original: Bytes, mask: FormulaMask?) {
        self.range = range
        self.source = source
        self.original = original
        self.mask = mask
        let hasMark = range.upper - range.lower >= 3 && source[range.lower] == 0xEF && source[range.lower + 1] == 0xBB
        base = hasMark && source[range.lower + 2] == 0xBF ? range.lower + 3 : range.lower
        linesBefore = range.file.location(at: range.lower).line - 1
    }

    func document(_ root: OpaquePointer) -> Node {
        Node(.document, range: range, children: blocks(of: root, depth: 0))
    }

    // MARK: Places

    /// Where line `number` of the text that cmark saw begins in the file.
    func lineStart(_ number: Int) -> Int {
        min(max(range.file.offset(ofLine: number + linesBefore), base), range.upper)
    }

    /// The end of that line without white space and line end.
    func lineEnd(_ number: Int) -> Int {
        let start = lineStart(number)
        return source.trimmedEnd(start, max(start, lineStart(number + 1)))
    }

    /// A range of the file, of whole characters.
    ///
    /// Where cmark's text is not the file's (it loses all but the first line of a footnote's label that it takes back) what
    /// reads along is out of step, and may stand within a character or behind the text.
    func place(_ lower: Int, _ upper: Int) -> SourceRange {
        var (lower, upper) = (min(lower, range.upper), min(upper, range.upper))
        while lower > range.lower, original.at(lower) & 0xC0 == 0x80 { lower -= 1 }
        while upper < range.upper, original.at(upper) & 0xC0 == 0x80 { upper += 1 }
        return SourceRange(file: range.file, lower: lower, upper: upper)
    }

    private func start(of node: OpaquePointer) -> Int {
        let line = Int(cmark_node_get_start_line(node))
        return line < 1 ? base : min(lineStart(line) + max(0, Int(cmark_node_get_start_column(node)) - 1), range.upper)
    }

    private func end(of node: OpaquePointer, from start: Int) -> Int {
        let line = Int(cmark_node_get_end_line(node))
        guard line >= 1 else { return start }
        let end = min(lineStart(line) + max(0, Int(cmark_node_get_end_column(node))), range.upper)
        return source.trimmedEnd(start, max(start, end))
    }

    /// Reports a fault, at most a hundred of a kind: a file of nothing but tags must not make a million diagnostics.
    func report(_ diagnostic: Diagnostic) {
        warned[diagnostic.code, default: 0] += 1
        if warned[diagnostic.code, default: 0] <= 100 { diagnostics.append(diagnostic) }
    }

    // MARK: Blocks

    private func blocks(of parent: OpaquePointer, depth: Int) -> [Node] {
        var nodes: [Node] = []
        var next = cmark_node_first_child(parent)
        while let node = next {
            if let read = block(node, depth: depth) { nodes.append(read) }
            next = cmark_node_next(node)
        }
        return nodes
    }

    private func block(_ node: OpaquePointer, depth: Int) -> Node? {
        let lower = start(of: node)
        switch cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH:
            return paragraph(node, from: lower)
        case CMARK_NODE_HEADING:
            let lines = prepareHeading(node, from: lower)
            let lower = lines?.lower ?? lower
            let level = Int(cmark_node_get_heading_level(node))
            let line = Int(cmark_node_get_start_line(node))
            let upper = max(end(of: node, from: lower), lineEnd(line), lines?.upper ?? lower)
            return Node(.heading(level: level), range: place(lower, upper), children: inlines(node))
        case CMARK_NODE_BLOCK_QUOTE: return container(.blockQuote, node, from: lower, depth: depth + 1)
        case CMARK_NODE_LIST:
            let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
            let list = Node.List(
                start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
                isTight: cmark_node_get_list_tight(node) != 0)
            return container(.list(list), node, from: lower, depth: depth)
        case CMARK_NODE_ITEM:
            let isTask = cmark_node_get_syntax_extension(node) != nil
            let checked = isTask ? cmark_gfm_extensions_get_tasklist_item_checked(node) : nil
            return container(.item(checked: checked), node, from: lower, depth: depth + 1)
        case CMARK_NODE_FOOTNOTE_DEFINITION:
            // cmark's start is that of the text behind the label.
            var start = lower
            while start > range.lower, !source[start - 1].isLineEnd, source.at(start) != UInt8(ascii: "[") {
                start -= 1
            }
            return container(.footnoteDefinition(label: footnoteLabel(at: start)), node, from: start, depth: depth + 1)
        case CMARK_NODE_CODE_BLOCK: return codeBlock(node, from: lower)
        case CMARK_NODE_HTML_BLOCK:
            let html = literal(node)
            // A block that ends on its first line has no end of its own.
            let first = Int(cmark_node_get_start_line(node))
            let upper = max(end(of: node, from: lower), lineEnd(first))
            let block = Node(.htmlBlock(html), range: place(lower, upper))
            if Safety.isMark(html) { return block }
            if Safety.isComment(html) { return nil }
            report(rawHTML(at: block.range))
            return block
        case CMARK_NODE_THEMATIC_BREAK: return Node(.thematicBreak, range: place(lower, end(of: node, from: lower)))
        default:
            if String(cString: cmark_node_get_type_string(node)) == "table" { return table(node, from: lower) }
            report(
                .error(
                    .unknownMarkdown, "This kind of Markdown is not known",
                    at: place(lower, end(of: node, from: lower))))
            return nil
        }
    }

    private func paragraph(_ node: OpaquePointer, from lower: Int) -> Node? {
        let lines = prepareParagraph(node)
        let children = inlines(node)
        let lower = lines?.lower ?? lower
        let upper = lines?.upper ?? end(of: node, from: lower)
        return Node(.paragraph, range: place(lower, upper), children: children)
    }

    private func container(_ kind: Node.Kind, _ node: OpaquePointer, from lower: Int, depth: Int) -> Node {
        guard depth <= MarkdownParser.deepestNesting else {
            if warned[.nestingTooDeep] == nil {
                report(
                    .error(
                        .nestingTooDeep, "Blocks nest at most \(MarkdownParser.deepestNesting) deep",
                        at: place(lower, lower)))
            }
            return Node(kind, range: place(lower, lower))
        }
        let children = blocks(of: node, depth: depth)
        let upper = children.last.map(\.range.upper) ?? end(of: node, from: lower)
        return Node(kind, range: place(lower, max(lower, upper)), children: children)
    }

    private func codeBlock(_ node: OpaquePointer, from lower: Int) -> Node {
        let upper = end(of: node, from: lower)
        var length: Int32 = 0
        var indent: Int32 = 0
        var character: CChar = 0
        let isFenced = cmark_node_get_fenced(node, &length, &indent, &character) != 0
        let first = Int(cmark_node_get_start_line(node))
        let last = Int(cmark_node_get_end_line(node))
        var body = (lower: lower, upper: upper)
        var isClosed = true
        if isFenced {
            let end = lineEnd(last)
            var fence = end
            while fence > lineStart(last), source[fence - 1] == UInt8(bitPattern: character) { fence -= 1 }
            isClosed = last > first && end - fence >= Int(length)
            let start = lineStart(first + 1)
            body = (start, max(start, isClosed ? lineStart(last) : lineStart(last + 1)))
        }
        let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
        return Node(
            .codeBlock(
                Node.CodeBlock(
                    info: isFenced ? info : "", literal: literal(node), isFenced: isFenced,
                    bodyRange: place(body.lower, body.upper), isClosed: isClosed)), range: place(lower, upper))
    }

    /// The label of a definition, `[^label]:`; cmark keeps it to itself.
    private func footnoteLabel(at start: Int) -> String {
        let text = Bytes(rebasing: source[start..<range.upper])
        guard let end = LinkTail.labelEnd(in: text, at: 0), end > 3 else { return "" }
        return String(decoding: text[2..<(end - 1)], as: UTF8.self).lowercased()
    }

    func literal(_ node: OpaquePointer) -> String {
        cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    func rawHTML(at range: SourceRange) -> Diagnostic {
        .warning(
            .rawHTML, "Raw HTML is off", at: range,
            notes: [Diagnostic.Note("it is left out of the report; a code span or a code block shows it as text")])
    }
}
