import CCMarkGFM
import Diagnostics

/// Finding a block's text in the file.
extension TreeReader {
    /// The text of a block as cmark gave it to its inline parser; it lives as long as the tree.
    ///
    /// A block without inlines has none: cmark leaves the buffer of a cell that a row lacks as it was allocated, without
    /// the NUL that ends a text.
    private func text(of node: OpaquePointer) -> Bytes {
        guard cmark_node_first_child(node) != nil, let start = cmark_node_get_string_content(node) else {
            return Bytes(start: nil, count: 0)
        }
        var count = 0
        while start[count] != 0 { count += 1 }
        return UnsafeRawBufferPointer(start: start, count: count).bindMemory(to: UInt8.self)
    }

    private func begin(_ node: OpaquePointer) {
        content = text(of: node)
        map = ContentMap()
        position = 0
    }

    /// Maps a paragraph's lines; the range that they cover.
    ///
    /// Link definitions at its start are not in its text, so lines are matched from its end.
    func prepareParagraph(_ node: OpaquePointer) -> (lower: Int, upper: Int)? {
        begin(node)
        let lines = contentLines()
        guard !lines.isEmpty else { return nil }
        let first = Int(cmark_node_get_start_line(node))
        let last = Int(cmark_node_get_end_line(node))
        var candidates = [last - lines.count + 1, last - lines.count, first]
        if first < 1, let table = cmark_node_next(node) {
            // A paragraph that cmark split off a table's header line has no position, but the table has its start; and
            // its bars have lost their backslashes.
            candidates = [Int(cmark_node_get_start_line(table))]
            if let range = mapLines(lines, from: candidates[0]) { return range }
            return mapUnescapedLines(lines, from: candidates[0])
        }
        for candidate in candidates where candidate >= 1 {
            if let range = mapLines(lines, from: candidate) { return range }
        }
        map = ContentMap()
        map.append(content: 0, source: lineStart(max(1, candidates[0])))
        return nil
    }

    /// Maps a heading: one line behind its `#`s, or the lines above its underline.
    func prepareHeading(_ node: OpaquePointer, from lower: Int) -> (lower: Int, upper: Int)? {
        var start = lower + source.run(of: UInt8(ascii: "#"), at: lower)
        let isMarked = (1...6).contains(start - lower) && (start >= range.upper || source[start].isSpace)
        guard isMarked else {
            // "#1 is first" above a line of hyphens begins with "#" too.
            return prepareParagraph(node)
        }
        begin(node)
        while start < range.upper, source[start].isBlank { start += 1 }
        map.append(content: 0, source: start)
        return nil
    }

    /// Where each line of the text begins and ends in it, white space at its end apart.
    private func contentLines() -> [(lower: Int, upper: Int)] {
        var lines: [(lower: Int, upper: Int)] = []
        var start = 0
        while start < content.count {
            var end = start
            while end < content.count, !content[end].isLineEnd { end += 1 }
            lines.append((start, content.trimmedEnd(start, end)))
            if content.at(end) == 0x0D, content.at(end + 1) == 0x0A { end += 1 }
            start = end + 1
        }
        while let last = lines.last, last.lower == last.upper { lines.removeLast() }
        return lines
    }

    /// Maps the lines to those of the file from line `first` on, if each ends with its own.
    private func mapLines(_ lines: [(lower: Int, upper: Int)], from first: Int) -> (lower: Int, upper: Int)? {
        var found = ContentMap()
        for (index, line) in lines.enumerated() {
            let end = lineEnd(first + index)
            let start = end - (line.upper - line.lower)
            guard start >= lineStart(first + index) else { return nil }
            for offset in 0..<(end - start) where !same(source[start + offset], content[line.lower + offset]) {
                return nil
            }
            found.append(content: line.lower, source: start)
        }
        map = found
        guard let last = lines.last else { return nil }
        return (found.source(lines[0].lower), found.source(last.lower) + last.upper - last.lower)
    }

    /// Maps the lines to those of the file from line `first` on, each behind its indentation and quote marks.
    private func mapUnescapedLines(
        _ lines: [(lower: Int, upper: Int)], from first: Int
    ) -> (lower: Int, upper: Int)? {
        map = ContentMap()
        var start = 0
        var end = 0
        for (index, line) in lines.enumerated() {
            let begin = rowStart(line: first + index, tableStart: nil)
            if index == 0 { start = begin }
            end = lineEnd(first + index)
            mapEscaped(from: line.lower, to: line.upper, lower: begin, upper: end)
        }
        return (start, max(start, end))
    }

    /// A NUL of the file was blanked before cmark saw it.
    private func same(_ written: UInt8, _ read: UInt8) -> Bool { written == read || (written == 0 && read == 0x20) }

    /// Maps a table's cell to `lower..<upper` of the file, where a backslash stands before each bar in it.
    func prepareCell(_ node: OpaquePointer, lower: Int, upper: Int) {
        begin(node)
        mapEscaped(from: 0, to: content.count, lower: lower, upper: upper)
    }

    private func mapEscaped(from start: Int, to end: Int, lower: Int, upper: Int) {
        var from = lower
        map.append(content: start, source: from)
        var offset = start
        while offset < end, from < upper {
            if source[from] == UInt8(ascii: "\\"), from + 1 < upper, source[from + 1] == UInt8(ascii: "|") {
                from += 1
                map.append(content: offset, source: from)
            }
            offset += 1
            from += 1
        }
    }
}
