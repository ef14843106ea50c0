import Diagnostics

/// Where a place in a YAML block is: below which keys, at a key or at a value.
///
/// Read off the lines as they stand, because a block that somebody is writing is seldom YAML.
struct YAMLCursor {
    /// The keys around the place, outermost first; at a value its own key is the last.
    private(set) var path: [String] = []
    private(set) var isKey = true
    /// Behind a dash with no key yet: what is written may become a key or an item.
    private(set) var isItem = false
    /// The word or text that the place touches, without quotes.
    private(set) var token: Range<Int>
    /// Keys that the mapping around a key has already.
    private(set) var siblings: Set<String> = []

    private let file: SourceFile

    /// - Parameter lines: The numbers of the block's lines, delimiters left out.
    init?(_ file: SourceFile, lines: Range<Int>, at offset: Int) {
        let number = file.location(at: offset).line
        guard lines.contains(number) else { return nil }
        self.file = file
        token = offset..<offset
        let line = YAMLLine(file, number: number)
        let blank = line.isBlank || offset < line.content
        let column = blank ? offset - line.lower : line.column
        let above = (lines.lowerBound..<number).reversed().map { YAMLLine(file, number: $0) }
        let parent = climb(above, column: column, dash: blank ? nil : line.dashes.first)
        let below = ((number + 1)..<max(number + 1, lines.upperBound)).map { YAMLLine(file, number: $0) }
        addSiblings(below, column: column)
        if parent?.opensText == true {
            isKey = false
            token = line.content..<line.upper
        } else if !blank, let key = line.key, offset > key.range.upperBound {
            isKey = false
            path.append(key.name)
            readFlow(from: line.value, to: line.upper, at: max(offset, min(line.value, line.upper)))
            if offset < line.value { token = offset..<offset }
        } else if !blank {
            isItem = !line.dashes.isEmpty && line.key == nil
            if isItem || line.key == nil, let first = file.utf8[line.content..<line.upper].first,
                [UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\"")].contains(first)
            {
                isKey = false
                readFlow(from: line.content, to: line.upper, at: offset)
            } else {
                token = line.key?.range ?? (line.content..<YAMLCursor.trimmed(file, line.content, line.upper))
                if offset > token.upperBound { token = offset..<offset }
            }
        }
    }

    /// Finds the keys around, from the line above upwards; gives the line of the innermost.
    private mutating func climb(_ above: [YAMLLine], column: Int, dash: Int?) -> YAMLLine? {
        var level = dash ?? column
        // A list may stand at the column of its key.
        var allowsEqual = dash != nil
        var innermost: YAMLLine?
        for line in above where !line.isBlank {
            if let key = line.key,
                line.column < level || (allowsEqual && line.column == level && line.dashes.isEmpty)
            {
                path.insert(key.name, at: 0)
                innermost = innermost ?? line
                (level, allowsEqual) = line.dashes.first.map { ($0, true) } ?? (line.column, false)
            } else if line.column == level, !allowsEqual {
                if innermost == nil, let key = line.key { siblings.insert(key.name) }
                // The mapping's first line is an item of a list.
                if let first = line.dashes.first { (level, allowsEqual) = (first, true) }
            } else if let first = line.dashes.first, first < level, !allowsEqual, line.key == nil {
                (level, allowsEqual) = (first, true)
            }
        }
        return innermost
    }

    private mutating func addSiblings(_ below: [YAMLLine], column: Int) {
        for line in below where !line.isBlank {
            guard line.dashes.isEmpty, line.column >= column else { return }
            if line.column == column, let key = line.key { siblings.insert(key.name) }
        }
    }

    // MARK: Values on one line

    /// Finds the place inside `[a, b]` and `{key: value}`, or in a plain value.
    private mutating func readFlow(from start: Int, to end: Int, at offset: Int) {
        let bytes = file.utf8
        var open: [(isMapping: Bool, key: String?)] = []
        var tokenStart = start
        var quote: UInt8?
        var index = start
        while index < min(offset, end) {
            let byte = bytes[index]
            if let mark = quote {
                if byte == UInt8(ascii: "\\"), mark == UInt8(ascii: "\"") { index += 1 }
                if byte == mark { quote = nil }
            } else {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
                case UInt8(ascii: "["), UInt8(ascii: "{"):
                    open.append((byte == UInt8(ascii: "{"), nil))
                    tokenStart = index + 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"):
                    _ = open.popLast()
                case UInt8(ascii: ",") where !open.isEmpty:
                    open[open.count - 1].key = nil
                    tokenStart = index + 1
                case UInt8(ascii: ":") where open.last?.isMapping == true && open.last?.key == nil:
                    open[open.count - 1].key = text(tokenStart..<index)
                    tokenStart = index + 1
                default: break
                }
            }
            index += 1
        }
        path += open.compactMap(\.key)
        isKey = open.last.map { $0.isMapping && $0.key == nil } ?? false
        setToken(from: tokenStart, to: end, at: offset, isFlow: !open.isEmpty)
    }

    private mutating func setToken(from start: Int, to end: Int, at offset: Int, isFlow: Bool) {
        let bytes = file.utf8
        var lower = start
        while lower < offset, bytes[lower] == 0x20 { lower += 1 }
        if lower < end, bytes[lower] == UInt8(ascii: "\"") || bytes[lower] == UInt8(ascii: "'"), lower < offset {
            let close = bytes[(lower + 1)..<end].firstIndex(of: bytes[lower]) ?? end
            token = (lower + 1)..<max(lower + 1, close)
            return
        }
        var upper = min(lower, end)
        while upper < end {
            let byte = bytes[upper]
            if isFlow, [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":")].contains(byte) {
                break
            }
            if byte == UInt8(ascii: "#"), upper > start, bytes[upper - 1] == 0x20 { break }
            upper += 1
        }
        token = lower..<max(lower, YAMLCursor.trimmed(file, lower, upper))
        if offset > token.upperBound { token = offset..<offset }
    }

    private static func trimmed(_ file: SourceFile, _ lower: Int, _ upper: Int) -> Int {
        var end = upper
        while end > lower, file.utf8[end - 1] == 0x20 { end -= 1 }
        return end
    }

    /// A piece of the file without quotes and space around it.
    private func text(_ range: Range<Int>) -> String {
        var text = String(decoding: file.utf8[range], as: UTF8.self)[...]
        while let first = text.first, " \"'".contains(first) { text.removeFirst() }
        while let last = text.last, " \"'".contains(last) { text.removeLast() }
        return String(text)
    }

    var tokenText: String { String(decoding: file.utf8[token], as: UTF8.self) }
}
