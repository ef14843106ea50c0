import Diagnostics
import Markdown

/// A table of GitHub's Markdown with its columns aligned.
enum TableLayout {
    /// A table whose aligned form is wider has one space around each cell instead.
    static let widest = 120

    /// The changes that lay out a table; none where it is laid out, or where its rows are not understood.
    static func fixes(_ table: Node) -> [Diagnostic.FixIt] {
        guard case .table(let alignments) = table.kind, let header = table.children.first else { return [] }
        let file = table.range.file
        var lines = [rowRange(file, from: header.range.lower)]
        let headerLine = header.range.start.line
        guard let rule = rowRange(file, line: headerLine + 1), cells(rule).count == alignments.count else { return [] }
        lines.append(rule)
        for row in table.children.dropFirst() { lines.append(rowRange(file, from: row.range.lower)) }
        var rows: [[String]] = []
        for (index, range) in lines.enumerated() {
            let found = cells(range)
            if index != 1 {
                // A bar that the parser saw elsewhere is not one to move.
                let read = table.children[index == 0 ? 0 : index - 1].children
                guard zip(found, read).allSatisfy({ $0 == $1.range.text }), index > 0 || found.count == alignments.count
                else { return [] }
            }
            rows.append(found + Array(repeating: "", count: max(0, alignments.count - found.count)))
        }
        return zip(lines, layout(rows, alignments)).compactMap { range, text in
            range.text == text ? nil : Diagnostic.FixIt("align the table", replacing: range, with: text)
        }
    }

    /// Rows as they are written, the rule second.
    static func layout(_ rows: [[String]], _ alignments: [Node.ColumnAlignment]) -> [String] {
        let contents = rows.enumerated().filter { $0.offset != 1 }.map(\.element)
        let narrowest = alignments.map { $0 == .none ? 3 : $0 == .center ? 5 : 4 }
        var widths = alignments.indices.map { column in
            max(narrowest[column], contents.map { $0[column].displayWidth }.max() ?? 0)
        }
        let isAligned = widths.reduce(1) { $0 + $1 + 3 } <= widest
        if !isAligned { widths = widths.map { _ in 0 } }
        return rows.enumerated().map { index, cells in
            let texts = cells.enumerated().map { column, cell in
                guard column < alignments.count else { return cell }
                return index == 1
                    ? rule(max(narrowest[column], widths[column]), alignments[column])
                    : padded(cell, to: widths[column], alignments[column])
            }
            return "| " + texts.joined(separator: " | ") + " |"
        }
    }

    private static func rule(_ width: Int, _ alignment: Node.ColumnAlignment) -> String {
        let left = alignment == .left || alignment == .center ? ":" : ""
        let right = alignment == .right || alignment == .center ? ":" : ""
        return left + String(repeating: "-", count: width - left.count - right.count) + right
    }

    private static func padded(_ text: String, to width: Int, _ alignment: Node.ColumnAlignment) -> String {
        let missing = max(0, width - text.displayWidth)
        let left =
            switch alignment {
            case .right: missing
            case .center: missing / 2
            case .left, .none: 0
            }
        return String(repeating: " ", count: left) + text + String(repeating: " ", count: missing - left)
    }

    // MARK: Rows

    /// A row from its first byte to the end of its line, white space included.
    private static func rowRange(_ file: SourceFile, from lower: Int) -> SourceRange {
        var end = lower
        while end < file.utf8.count, file.utf8[end] != 0x0A, file.utf8[end] != 0x0D { end += 1 }
        return SourceRange(file: file, lower: lower, upper: end)
    }

    /// The row in a line, behind white space and marks of quotes; nil where there is none.
    private static func rowRange(_ file: SourceFile, line: Int) -> SourceRange? {
        guard line <= file.lineCount else { return nil }
        var start = file.offset(ofLine: line)
        while start < file.utf8.count, " \t>".utf8.contains(file.utf8[start]) { start += 1 }
        return rowRange(file, from: start)
    }

    /// The cells between bars without a backslash before them.
    private static func cells(_ range: SourceRange) -> [String] {
        var bytes = range.file.utf8[range.lower..<range.upper]
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        if bytes.first == UInt8(ascii: "|") { bytes.removeFirst() }
        var cells: [String] = []
        var start = bytes.startIndex
        for index in bytes.indices where bytes[index] == UInt8(ascii: "|") {
            if index > bytes.startIndex, bytes[index - 1] == UInt8(ascii: "\\") { continue }
            cells.append(trimmed(bytes[start..<index]))
            start = index + 1
        }
        if start < bytes.endIndex { cells.append(trimmed(bytes[start...])) }
        return cells
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        String(String(decoding: bytes, as: UTF8.self)[...].trimmingBlanks)
    }
}
