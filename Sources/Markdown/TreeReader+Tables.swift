import CCMarkGFM
import Diagnostics

/// Tables: cmark's columns of cells drift, so each row is split again as GitHub splits it.
extension TreeReader {
    func table(_ node: OpaquePointer, from lower: Int) -> Node {
        let count = Int(cmark_gfm_extensions_get_table_columns(node))
        let letters = cmark_gfm_extensions_get_table_alignments(node)
        let alignments = (0..<count).map { column -> Node.ColumnAlignment in
            switch letters?[column] {
            case UInt8(ascii: "l"): .left
            case UInt8(ascii: "c"): .center
            case UInt8(ascii: "r"): .right
            default: .none
            }
        }
        var rows: [Node] = []
        var next = cmark_node_first_child(node)
        while let row = next {
            let isHeader = cmark_gfm_extensions_get_table_row_is_header(row) != 0
            let line = isHeader ? headerLine(of: node) : Int(cmark_node_get_start_line(row))
            rows.append(self.row(row, line: line, isHeader: isHeader, tableStart: lower))
            next = cmark_node_next(row)
        }
        let start = rows.first?.range.lower ?? lower
        var end = rows.last?.range.upper ?? start
        if rows.count == 1 { end = max(end, lineEnd(headerLine(of: node) + 1)) }
        return Node(.table(alignments: alignments), range: place(start, end), children: rows)
    }

    /// The line of the header: a paragraph may stand right above it, and cmark gives its start as the table's.
    ///
    /// It lies two lines above the first row; without rows, above the last line that looks like `|---|---|`.
    private func headerLine(of table: OpaquePointer) -> Int {
        let first = max(1, Int(cmark_node_get_start_line(table)))
        if let row = cmark_node_next(cmark_node_first_child(table)) {
            return max(first, Int(cmark_node_get_start_line(row)) - 2)
        }
        let last = max(first, Int(cmark_node_get_end_line(table)))
        for line in (first..<max(first + 1, last)).reversed() {
            var index = rowStart(line: line + 1, tableStart: nil)
            let end = lineEnd(line + 1)
            var hasDash = false
            while index < end, "|:- \t".utf8.contains(source[index]) {
                if source[index] == UInt8(ascii: "-") { hasDash = true }
                index += 1
            }
            if index == end, hasDash { return line }
        }
        return first
    }

    /// The first byte of a row: behind white space and quote marks, or the table's own start on its first line.
    func rowStart(line: Int, tableStart: Int?) -> Int {
        let end = lineEnd(line)
        var start = lineStart(line)
        if let tableStart, tableStart >= start, tableStart <= end { return tableStart }
        while start < end, source[start].isBlank || source[start] == UInt8(ascii: ">") { start += 1 }
        return start
    }

    private func row(_ node: OpaquePointer, line: Int, isHeader: Bool, tableStart: Int) -> Node {
        let start = rowStart(line: line, tableStart: isHeader ? tableStart : nil)
        let end = lineEnd(line)
        let places = cellPlaces(start, end)
        var cells: [Node] = []
        var next = cmark_node_first_child(node)
        while let cell = next {
            let span = cells.count < places.count ? places[cells.count] : (lower: end, upper: end)
            prepareCell(cell, lower: span.lower, upper: span.upper)
            cells.append(Node(.tableCell, range: place(span.lower, span.upper), children: inlines(cell)))
            next = cmark_node_next(cell)
        }
        return Node(.tableRow(isHeader: isHeader), range: place(start, max(start, end)), children: cells)
    }

    /// Where the cells of a row stand, trimmed: split at bars that have no backslash before them.
    private func cellPlaces(_ start: Int, _ end: Int) -> [(lower: Int, upper: Int)] {
        var places: [(lower: Int, upper: Int)] = []
        var index = start
        if index < end, source[index] == UInt8(ascii: "|") { index += 1 }
        while index < end {
            var bar = index
            while bar < end, source[bar] != UInt8(ascii: "|") || (bar > index && source[bar - 1] == UInt8(ascii: "\\"))
            {
                bar += 1
            }
            var lower = index
            while lower < bar, source[lower].isSpace { lower += 1 }
            var upper = min(bar, end)
            while upper > lower, source[upper - 1].isSpace { upper -= 1 }
            places.append((lower, upper))
            index = bar + 1
        }
        return places
    }
}
