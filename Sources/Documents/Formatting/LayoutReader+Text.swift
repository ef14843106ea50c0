import Diagnostics

/// The text between nodes, and that of scalars.
extension LayoutReader {
    /// A comment, or a line with nothing on it.
    struct Trivia {
        var line: YAMLLayout.Line
        /// Whether nothing but white space stands before it on its line.
        var isOwnLine: Bool
    }

    func byte(_ offset: Int) -> UInt8 { offset < range.upper ? bytes[offset] : 0 }

    private func isLineEnd(_ offset: Int) -> Bool { LineTable.breakLength(bytes, offset, range.upper) > 0 }

    /// Where a byte stands in its line, in bytes from 0: before it stand blanks and hyphens alone.
    func column(of offset: Int) -> Int {
        var start = offset
        while start > range.lower, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
        return offset - start
    }

    /// What stands between two nodes, marks such as `:` and `-` left out.
    func trivia(from lower: Int, to upper: Int) -> [Trivia] {
        var found: [Trivia] = []
        var index = lower
        // What stands before `lower` on its line is a node, unless there is nothing.
        var isOwnLine = column(of: lower) == 0
        var isBlank = isOwnLine
        var lineStart = lower - column(of: lower)
        while index < upper {
            let length = LineTable.breakLength(bytes, index, range.upper)
            if length > 0 {
                if isBlank { found.append(Trivia(line: .blank, isOwnLine: true)) }
                index += length
                isOwnLine = true
                isBlank = true
                lineStart = index
            } else if bytes[index] == UInt8(ascii: "#") {
                var end = index
                while end < upper, !isLineEnd(end) { end += 1 }
                let text = trimmed(index, end)
                found.append(Trivia(line: .comment(text, column: index - lineStart), isOwnLine: isOwnLine))
                isBlank = false
                index = end
            } else {
                if bytes[index] != 0x20, bytes[index] != 0x09 {
                    isOwnLine = false
                    isBlank = false
                }
                index += 1
            }
        }
        return found
    }

    /// The text without white space at its end.
    private func trimmed(_ lower: Int, _ upper: Int) -> String {
        var end = upper
        while end > lower, bytes[end - 1] <= 0x20 { end -= 1 }
        return String(decoding: bytes[lower..<end], as: UTF8.self)
    }

    /// The lines of a piece of text without their ends.
    func lines(_ lower: Int, _ upper: Int) -> [String] {
        var lines: [String] = []
        var start = lower
        var index = lower
        while index < upper {
            let length = LineTable.breakLength(bytes, index, range.upper)
            if length > 0 {
                lines.append(String(decoding: bytes[start..<index], as: UTF8.self))
                start = index + length
            }
            index += max(1, length)
        }
        lines.append(String(decoding: bytes[start..<max(start, upper)], as: UTF8.self))
        return lines
    }

    func key(_ entry: OptionNode.Entry, inFlow: Bool) -> String {
        let written = entry.keyRange.text
        let isQuoted = written.hasPrefix("\"") || written.hasPrefix("'")
        return isQuoted && PlainScalar.isSafe(entry.key, inFlow: inFlow) ? entry.key : written
    }

    // MARK: Scalars

    /// - Parameter parent: The column of the collection that the scalar belongs to.
    func scalar(_ node: OptionNode, parent: Int, inFlow: Bool) -> YAMLLayout.Scalar {
        guard let scalar = node.scalar, node.range.lower < node.range.upper else { return YAMLLayout.Scalar(first: "") }
        let first = byte(node.range.lower)
        if !inFlow, first == UInt8(ascii: "|") || first == UInt8(ascii: ">") {
            return block(node, scalar.text, parent: parent)
        }
        let lines = self.lines(node.range.lower, node.range.upper)
        if lines.count == 1 {
            let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
            let isPlain =
                isQuoted && scalar.reference == nil && !scalar.text.isEmpty
                && PlainScalar.isSafe(scalar.text, inFlow: inFlow)
            return YAMLLayout.Scalar(first: isPlain ? scalar.text : lines[0])
        }
        // White space before a line that is folded means nothing; behind it, in quotes, it may be escaped.
        let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
        func clean(_ line: String) -> String {
            let start = line.drop { $0 == " " || $0 == "\t" }
            return String(isQuoted ? start : start.trimmingBlanks)
        }
        return YAMLLayout.Scalar(
            first: isQuoted ? lines[0] : String(lines[0][...].trimmingBlanks), rest: lines.dropFirst().map(clean))
    }

    /// A block scalar: `|` or `>`, and lines whose indentation counts from that of the first.
    private func block(_ node: OptionNode, _ text: String, parent: Int) -> YAMLLayout.Scalar {
        var end = node.range.upper
        while end < range.upper, !isLineEnd(end) { end += 1 }
        var lines = self.lines(node.range.lower, end)
        let head = lines.removeFirst()
        let header = head.prefix { $0 != " " && $0 != "\t" && $0 != "#" }
        let comment = head.dropFirst(header.count).trimmingBlanks
        let digit = header.first { $0.isWholeNumber }?.wholeNumberValue
        let isBlank = { (line: String) in line.allSatisfy { $0 == " " || $0 == "\t" } }
        if text.allSatisfy(\.isWhitespace) { lines = [] }
        let written = lines.first { !isBlank($0) }.map { $0.prefix { $0 == " " }.count } ?? 0
        let indentation = digit.map { parent + $0 } ?? written
        let content = lines.map { line in
            line.prefix { $0 == " " }.count >= indentation ? String(line.dropFirst(indentation)) : ""
        }
        // Lines of white space at the end, where the value has them.
        let tail = text.reversed().prefix { $0 == " " || $0 == "\n" || $0 == "\t" }.reversed()
        var extra = String(tail).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if !content.isEmpty { extra.removeFirst() }
        if !extra.isEmpty { extra.removeLast() }
        return YAMLLayout.Scalar(
            first: header.map { $0.isWholeNumber ? "2" : String($0) }.joined(), rest: content + extra,
            comment: comment.isEmpty ? nil : String(comment), blankTail: extra.count)
    }
}

extension Substring {
    /// Without spaces and tabs at both ends.
    var trimmingBlanks: Substring {
        var rest = drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest.removeLast() }
        return rest
    }
}
