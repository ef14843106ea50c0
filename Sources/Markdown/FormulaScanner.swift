/// Finds the formulas of a file by pandoc's rule for `$`.
///
/// The opening dollar has something other than white space right behind it, the closing one right before it and no
/// digit behind it; a backslash takes a dollar's meaning away; `$$` needs none of this. No blank line is in a formula,
/// and, unlike pandoc's, no backtick: the code span of a live value between two prices stays one. A formula stands in
/// one block of text, except that `$$` that open a line and `$$` that end one may have anything between them.
///
/// Source: pandoc's manual, extension `tex_math_dollars`.
struct FormulaScanner {
    private let source: Bytes
    private let range: Range<Int>
    private let blocks: FormulaBlocks
    /// Longer formulas are text: one that nothing closes must not be searched for to the end of a large file.
    private static let longest = 1 << 16

    init(_ source: Bytes, _ range: Range<Int>, document: Node) {
        self.source = source
        self.range = range
        blocks = FormulaBlocks(document)
    }

    func spans() -> [FormulaSpan] {
        var spans: [FormulaSpan] = []
        var cursor = Cursor(index: range.lowerBound, lineStart: range.lowerBound)
        var next = 0
        while cursor.index < range.upperBound {
            let index = cursor.index
            while next < blocks.closed.count, blocks.closed[next].upper <= index { next += 1 }
            if next < blocks.closed.count, blocks.closed[next].lower <= index {
                cursor.advance(to: blocks.closed[next].upper, in: source)
                continue
            }
            switch source[index] {
            case UInt8(ascii: "\\"): cursor.advance(to: index + 2, in: source)
            case UInt8(ascii: "$"):
                let run = source.run(of: UInt8(ascii: "$"), at: index)
                let span = span(at: index, run, lineStart: cursor.lineStart)
                if let span { spans.append(span) }
                cursor.advance(to: span?.upper ?? index + run, in: source)
            default: cursor.advance(to: index + 1, in: source)
            }
        }
        return spans
    }

    /// A place, and where its line begins.
    private struct Cursor {
        var index: Int
        var lineStart: Int

        mutating func advance(to end: Int, in source: Bytes) {
            while index < end {
                if source.at(index).isLineEnd { lineStart = index + 1 }
                index += 1
            }
        }
    }

    private func span(at lower: Int, _ run: Int, lineStart: Int) -> FormulaSpan? {
        guard run <= 2, let upper = run == 2 ? displayEnd(lower) : inlineEnd(lower) else { return nil }
        let isAlone = source.afterPrefix(lineStart, quotes: Int.max) == lower
        let quotes = source[lineStart..<lower].prefix { $0.isBlank || $0 == UInt8(ascii: ">") }
            .reduce(0) { $0 + ($1 == UInt8(ascii: ">") ? 1 : 0) }
        let leaf = blocks.leaf(at: lower)
        let isInside = leaf.map { upper <= $0.upper } ?? false
        guard isInside ? !blocks.isCut(lower, upper) : run == 2 && isAlone && endsLine(upper) else { return nil }
        return FormulaSpan(
            lower: lower, upper: upper, isDisplay: run == 2, quotes: quotes, isInCell: leaf?.isCell ?? false)
    }

    private func inlineEnd(_ lower: Int) -> Int? {
        guard !source.at(lower + 1).isSpace, let close = closing(lower + 1, dollars: 1) else { return nil }
        let isDigitBehind = (0x30...0x39).contains(source.at(close + 1))
        return close > lower + 1 && !source[close - 1].isSpace && !isDigitBehind ? close + 1 : nil
    }

    private func displayEnd(_ lower: Int) -> Int? {
        guard let close = closing(lower + 2, dollars: 2),
            source[(lower + 2)..<close].contains(where: { !$0.isSpace && $0 != UInt8(ascii: ">") })
        else { return nil }
        return close + 2
    }

    /// Where the closing dollars begin; nil where a blank line, a backtick or the end comes first.
    private func closing(_ start: Int, dollars: Int) -> Int? {
        let end = min(range.upperBound, start + FormulaScanner.longest)
        var index = start
        while index < end {
            switch source[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "`"): return nil
            case UInt8(ascii: "$") where dollars == 1 || source.at(index + 1) == UInt8(ascii: "$"):
                return index + dollars <= range.upperBound ? index : nil
            case 0x0A, 0x0D:
                index += source[index] == 0x0D && source.at(index + 1) == 0x0A ? 2 : 1
                let text = source.afterPrefix(index, quotes: Int.max)
                if text >= range.upperBound || source[text].isLineEnd { return nil }
            default: index += 1
            }
        }
        return nil
    }

    /// Whether nothing but an equation's name stands behind the closing dollars.
    private func endsLine(_ upper: Int) -> Bool {
        var index = upper
        if let label = source.equationLabel(at: upper) { index = label.upper }
        while index < range.upperBound, source[index].isBlank { index += 1 }
        return index >= range.upperBound || source[index].isLineEnd
    }
}

extension Bytes {
    /// `{#eq-name}` behind blanks at `start`: its name, and the offset behind the brace.
    func equationLabel(at start: Int) -> (name: String, upper: Int)? {
        var index = start
        while at(index).isBlank, index < count { index += 1 }
        guard at(index) == UInt8(ascii: "{"), at(index + 1) == UInt8(ascii: "#") else { return nil }
        let first = index + 2
        index = first
        while at(index).isAlphanumeric || at(index) == UInt8(ascii: "-") || at(index) == UInt8(ascii: "_") {
            index += 1
        }
        guard index > first, at(index) == UInt8(ascii: "}") else { return nil }
        return (String(decoding: self[first..<index], as: UTF8.self), index + 1)
    }
}
