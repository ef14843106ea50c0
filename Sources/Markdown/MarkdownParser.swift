import CCMarkGFM
package import Diagnostics

/// Reads GitHub-flavoured Markdown into a tree of values.
package enum MarkdownParser {
    /// Larger files are refused: a report is read by people.
    package static let largestSize = 64 << 20
    /// How many quotes and list items may stand inside each other, and how many inlines.
    package static let deepestNesting = 100

    /// Reads the text of a file from byte `offset` (after the front matter); ranges are of the whole file.
    ///
    /// Prose cannot fail: where a limit is passed the tree is empty and a diagnostic says so.
    package static func parse(_ source: SourceFile, from offset: Int = 0, diagnostics: inout [Diagnostic]) -> Node {
        let count = source.utf8.count
        return parse(SourceRange(file: source, lower: min(offset, count), upper: count), diagnostics: &diagnostics)
    }

    /// Reads Markdown that stands in a YAML scalar: a caption, an alternative text.
    ///
    /// Where the scalar is written exactly as it reads, nodes have their place in the file; otherwise (escapes, folded
    /// lines) they have places in a text of their own, so that they still tell each other apart, and every diagnostic
    /// points at the whole scalar.
    package static func parseInline(_ text: String, at range: SourceRange, diagnostics: inout [Diagnostic]) -> Node {
        if let exact = exactRange(of: text, in: range) { return parse(exact, diagnostics: &diagnostics) }
        let own = SourceFile(path: range.file.path, text: text)
        var found: [Diagnostic] = []
        let node = parse(own.range, diagnostics: &found)
        diagnostics += found.map {
            var moved = $0
            moved.range = range
            moved.fixIts = []
            return moved
        }
        return node
    }

    /// Where a one-line scalar stands without its quotes; nil where its source is not its value.
    package static func exactRange(of text: String, in range: SourceRange) -> SourceRange? {
        let written = range.text
        if written == text, !text.contains(where: \.isNewline) { return range }
        let inner = SourceRange(file: range.file, lower: range.lower + 1, upper: max(range.lower + 1, range.upper - 1))
        let isQuoted = written.utf8.count >= 2 && (written.hasPrefix("\"") || written.hasPrefix("'"))
        return isQuoted && inner.text == text && !text.contains(where: \.isNewline) ? inner : nil
    }

    private static func parse(_ range: SourceRange, diagnostics: inout [Diagnostic]) -> Node {
        let empty = Node(.document, range: range)
        guard range.upper - range.lower <= largestSize else {
            diagnostics.append(
                .error(
                    .markdownTooLarge, "A Markdown file has at most 64 MiB",
                    at: SourceRange(file: range.file, lower: range.lower, upper: range.lower)))
            return empty
        }
        return range.file.utf8.withUnsafeBufferPointer { source in
            if let (excess, offset) = TableBounds.excess(in: Bytes(rebasing: source[range.lower..<range.upper])) {
                let line = range.lower + offset
                diagnostics.append(
                    .excessiveTable(excess, at: SourceRange(file: range.file, lower: line, upper: line)))
                return empty
            }
            var found: [Diagnostic] = []
            let document = tree(range, source, nil, &found).document
            guard source[range.lower..<range.upper].contains(UInt8(ascii: "$")) else {
                diagnostics += found
                return document
            }
            var spans = FormulaScanner(source, range.lower..<range.upper, document: document).spans()
            // A formula that CommonMark put anywhere but in text, once its TeX was covered, is none.
            for _ in 0..<3 {
                guard !spans.isEmpty, let mask = FormulaMask(source, spans) else { break }
                var faults: [Diagnostic] = []
                let read = tree(range, source, mask, &faults)
                if read.found.count == spans.count {
                    diagnostics += faults
                    return read.document
                }
                spans = spans.indices.filter(read.found.contains).map { spans[$0] }
            }
            diagnostics += found
            return document
        }
    }

    /// The tree of a text, and which of the mask's formulas are in it.
    private static func tree(
        _ range: SourceRange, _ original: Bytes, _ mask: FormulaMask?, _ diagnostics: inout [Diagnostic]
    ) -> (document: Node, found: Set<Int>) {
        let source = mask?.bytes ?? range.file.utf8
        let bytes = feed(source, range, diagnostics: &diagnostics)
        let more = KeptFootnotes.paragraph(for: bytes)
        if !more.isEmpty, let kept = tree(range, source, original, mask, bytes + more, isLonger: true, &diagnostics) {
            return kept
        }
        return tree(range, source, original, mask, bytes, isLonger: false, &diagnostics)
            ?? (Node(.document, range: range), [])
    }

    /// The tree of the bytes; nil where there is none, or where what was put behind them is not in it.
    private static func tree(
        _ range: SourceRange, _ source: [UInt8], _ original: Bytes, _ mask: FormulaMask?, _ bytes: [UInt8],
        isLonger: Bool, _ diagnostics: inout [Diagnostic]
    ) -> (document: Node, found: Set<Int>)? {
        let lines = range.end.line - range.start.line + 1
        return bytes.withUnsafeBufferPointer { bytes in
            // cmark goes through the whole tree three more times for footnotes.
            let footnotes = KeptFootnotes.mayBe(in: bytes) ? CMARK_OPT_FOOTNOTES : 0
            return SyntaxExtensions.shared.tree(of: bytes, options: CMARK_OPT_SOURCEPOS | footnotes, extended: true) {
                root in
                if isLonger, !KeptFootnotes.remove(from: root, behind: lines) { return nil }
                return source.withUnsafeBufferPointer { source in
                    let reader = TreeReader(range: range, source: source, original: original, mask: mask)
                    let node = reader.document(root)
                    diagnostics += reader.diagnostics
                    return (node, reader.found)
                }
            }
        }
    }

    /// The bytes for cmark: a mark of byte order and NULs blanked, so that no position moves.
    private static func feed(_ source: [UInt8], _ range: SourceRange, diagnostics: inout [Diagnostic]) -> [UInt8] {
        var bytes = Array(source[range.lower..<range.upper])
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes.removeFirst(3)
        }
        if let first = bytes.firstIndex(of: 0) {
            let start = range.upper - bytes.count
            diagnostics.append(
                .error(
                    .controlCharacter, "Markdown holds no NUL characters",
                    at: SourceRange(file: range.file, lower: start + first, upper: start + first + 1)))
            for index in first..<bytes.count where bytes[index] == 0 { bytes[index] = UInt8(ascii: " ") }
        }
        return bytes
    }
}

extension Diagnostic {
    fileprivate static func excessiveTable(_ excess: TableBounds.Excess, at range: SourceRange) -> Diagnostic {
        switch excess {
        case .bytes:
            .error(
                .excessiveTable, "A paragraph holds few lines of bars and dashes", at: range,
                notes: [.init("a table has one, under its head; a blank line ends it")])
        case .cells:
            .error(
                .excessiveTable, "The rows of a text lack at most \(TableBounds.mostCells) cells of their tables",
                at: range, notes: [.init("a row has as many cells as the head of its table; a blank line ends it")])
        }
    }
}
