import CCMarkGFM

/// What keeps a text that is made to do harm from holding up its reader by tables.
///
/// cmark-gfm looks a paragraph through again at each of its lines that may stand under a table's head, so a paragraph of
/// such lines takes time by the square of its length; and a row gets all the cells of its table that it lacks, so many
/// columns over many short rows take memory by the product of both (CVE-2023-22483 and following; later releases bound
/// them as well, but the library is the system's). Both are counted beforehand, from above.
struct TableBounds {
    /// Bytes that may be looked through again. A table begins its paragraph or stands a few lines below its beginning, so
    /// a text that people wrote stays below a thousandth of this.
    static let mostBytes = 32 << 20
    /// Cells that rows may lack: the bound of later releases of cmark-gfm.
    static let mostCells = 1 << 19

    enum Excess {
        case bytes
        case cells
    }

    private var bytes = 0
    private var cells = 0
    /// Of the paragraph so far.
    private var length = 0
    private var columns = 0

    /// What of a text is too much, and the offset of the line that is; nil for every other text.
    static func excess(in text: Bytes) -> (Excess, offset: Int)? {
        // Most texts are well below the bounds however their lines are taken together.
        guard excess(in: text, [0..<text.count]) != nil else { return nil }
        // A fenced block may hold any lines: only cmark knows which are of a paragraph. Without tables it is quick.
        return excess(in: text, paragraphs(of: text))
    }

    private static func excess(in text: Bytes, _ parts: [Range<Int>]) -> (Excess, offset: Int)? {
        var bounds = TableBounds()
        for part in parts {
            bounds.endParagraph()
            var start = part.lowerBound
            while start < part.upperBound {
                var end = start
                while end < part.upperBound, !text[end].isLineEnd { end += 1 }
                if let excess = bounds.add(Line(text, start..<end)) { return (excess, start) }
                start = end + (text.at(end) == 0x0D && text.at(end + 1) == 0x0A ? 2 : 1)
            }
        }
        return nil
    }

    private mutating func endParagraph() {
        length = 0
        columns = 0
    }

    private mutating func add(_ line: Line) -> Excess? {
        guard !line.isBlank else {
            endParagraph()
            return nil
        }
        if line.isDelimiter {
            bytes += length
            columns = max(columns, line.cells)
        } else {
            cells += max(0, columns - line.cells)
        }
        length += line.length
        return bytes > TableBounds.mostBytes ? .bytes : cells > TableBounds.mostCells ? .cells : nil
    }

    /// Of a paragraph that may be a table.
    private struct Line {
        /// An empty line of a quote is none: deep enough in a line, `>` is a text.
        var isBlank: Bool
        /// Without what quotes put before it.
        var length: Int
        /// Whether it may stand under a table's head.
        var isDelimiter: Bool
        /// Cells of a row.
        var cells: Int

        init(_ text: Bytes, _ range: Range<Int>) {
            var start = range.lowerBound
            while start < range.upperBound, text[start].isBlank || text[start] == UInt8(ascii: ">") { start += 1 }
            let end = text.trimmedEnd(start, range.upperBound)
            isBlank = text.trimmedEnd(range.lowerBound, range.upperBound) == range.lowerBound
            length = end - start
            var bars = 0
            var isDashed = false
            var isOther = false
            for index in start..<end {
                switch text[index] {
                case UInt8(ascii: "|"):
                    if index == start || text[index - 1] != UInt8(ascii: "\\") { bars += 1 }
                case UInt8(ascii: "-"): isDashed = true
                case UInt8(ascii: ":"): break
                default: isOther = isOther || !text[index].isSpace
                }
            }
            isDelimiter = isDashed && !isOther
            let outer = length > 1 ? [text[start], text[end - 1]].count { $0 == UInt8(ascii: "|") } : 0
            cells = max(1, bars + 1 - outer)
        }
    }

    /// Where the paragraphs of a text without tables stand, in order.
    private static func paragraphs(of text: Bytes) -> [Range<Int>] {
        SyntaxExtensions.shared.tree(of: text, options: CMARK_OPT_SOURCEPOS, extended: false) { root in
            paragraphs(of: text, in: root)
        } ?? []
    }

    private static func paragraphs(of text: Bytes, in root: OpaquePointer) -> [Range<Int>]? {
        guard let iterator = cmark_iter_new(root) else { return nil }
        defer { cmark_iter_free(iterator) }
        let starts = lineStarts(of: text)
        var found: [Range<Int>] = []
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE else { return found }
            guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator),
                cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH
            else { continue }
            let (first, last) = (Int(cmark_node_get_start_line(node)), Int(cmark_node_get_end_line(node)))
            guard first > 0, first <= last, last <= starts.count else { continue }
            found.append(starts[first - 1]..<(last < starts.count ? starts[last] : text.count))
        }
    }

    /// As cmark ends lines: by LF, CR or both.
    private static func lineStarts(of text: Bytes) -> [Int] {
        var starts = [0]
        for index in 0..<text.count where text[index].isLineEnd {
            if text[index] == 0x0D, text.at(index + 1) == 0x0A { continue }
            starts.append(index + 1)
        }
        return starts
    }
}
