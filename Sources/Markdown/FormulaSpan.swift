/// Where a formula stands in a file, before the text around it is parsed.
struct FormulaSpan {
    /// With its dollars.
    var lower: Int
    var upper: Int
    var isDisplay: Bool
    /// How many quote marks stand before each of its lines.
    var quotes: Int
    /// Whether a bar in it is written with a backslash.
    var isInCell: Bool

    /// The parts of its lines that are its own: without line ends, quote marks and indentation.
    func lines(in source: Bytes) -> [(lower: Int, upper: Int)] {
        var lines: [(lower: Int, upper: Int)] = []
        var start = lower
        while start < upper {
            var end = start
            while end < upper, !source[end].isLineEnd { end += 1 }
            if start < end { lines.append((start, end)) }
            start = end
            while start < upper, source[start].isLineEnd { start += 1 }
            start = min(upper, source.afterPrefix(start, quotes: quotes))
        }
        return lines
    }

    /// The formula itself: the text between its dollars.
    func formula(in source: Bytes) -> Formula {
        let dollars = isDisplay ? 2 : 1
        var bytes: [UInt8] = []
        var pieces: [Formula.Piece] = []
        for (index, line) in lines(in: source).enumerated() {
            if index > 0 { bytes.append(0x0A) }
            var from = max(line.lower, lower + dollars)
            let end = min(line.upper, upper - dollars)
            pieces.append(Formula.Piece(text: bytes.count, source: from))
            while from < end {
                if isInCell, source[from] == UInt8(ascii: "\\"), source.at(from + 1) == UInt8(ascii: "|") {
                    from += 1
                    pieces.append(Formula.Piece(text: bytes.count, source: from))
                }
                bytes.append(source[from])
                from += 1
            }
        }
        return Formula(tex: String(decoding: bytes, as: UTF8.self), isDisplay: isDisplay, pieces: pieces)
    }
}

extension Bytes {
    /// The offset behind a line's indentation and at most `quotes` quote marks.
    func afterPrefix(_ start: Int, quotes: Int) -> Int {
        var index = start
        var left = quotes
        while index < count {
            if self[index].isBlank {
                index += 1
            } else if left > 0, self[index] == UInt8(ascii: ">") {
                index += 1
                left -= 1
            } else {
                break
            }
        }
        return index
    }
}
