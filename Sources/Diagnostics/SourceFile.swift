/// A text that diagnostics can point into: its path as people see it, its bytes, and where its lines begin.
///
/// Positions inside it are UTF-8 byte offsets; they become lines and columns only when shown.
package final class SourceFile: Sendable {
    /// Relative to the project's root, with `/` between parts.
    package let path: String
    package let text: String
    package let utf8: [UInt8]
    /// The byte offset at which each line begins; a line ends at LF, CR LF or a lone CR.
    private let lineStarts: [Int]

    package init(path: String, text: String) {
        self.path = path
        self.text = text
        let utf8 = Array(text.utf8)
        self.utf8 = utf8
        lineStarts = utf8.withUnsafeBufferPointer { bytes in
            var starts = [0]
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                if byte > 0x0D { continue }
                if byte == 0x0A || (byte == 0x0D && !(index < bytes.count && bytes[index] == 0x0A)) {
                    starts.append(index)
                }
            }
            return starts
        }
    }

    package var lineCount: Int { lineStarts.count }

    /// The offset at which line `number` (from 1) begins; the end of the text where there is no such line.
    package func offset(ofLine number: Int) -> Int {
        number >= 1 && number <= lineStarts.count ? lineStarts[number - 1] : utf8.count
    }

    /// The text of line `number` (from 1), without its line ending.
    package func line(_ number: Int) -> String {
        let start = offset(ofLine: number)
        var end = offset(ofLine: number + 1)
        while end > start, utf8[end - 1] == 0x0A || utf8[end - 1] == 0x0D { end -= 1 }
        return String(decoding: utf8[start..<end], as: UTF8.self)
    }

    /// The line and column of a byte offset, both from 1; a column counts Unicode scalars.
    package func location(at offset: Int) -> SourceLocation {
        let offset = min(max(offset, 0), utf8.count)
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let column = utf8[lineStarts[low]..<offset].reduce(into: 1) { count, byte in
            if byte & 0xC0 != 0x80 { count += 1 }
        }
        return SourceLocation(line: low + 1, column: column)
    }

    /// The column, from 1, of a byte offset in its line, counted in UTF-16 units.
    package func utf16Column(at offset: Int) -> Int {
        let offset = min(max(offset, 0), utf8.count)
        let start = self.offset(ofLine: location(at: offset).line)
        // A scalar takes two units where its UTF-8 form has four bytes, else one.
        return utf8[start..<offset].reduce(into: 1) { count, byte in
            if byte & 0xC0 != 0x80 { count += byte >= 0xF0 ? 2 : 1 }
        }
    }

    /// The whole text as a range.
    package var range: SourceRange { SourceRange(file: self, lower: 0, upper: utf8.count) }
}

/// A line and a column, both from 1; columns count Unicode scalars.
package struct SourceLocation: Hashable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// A half-open range of UTF-8 offsets in a source file.
package struct SourceRange: Hashable, Sendable {
    package let file: SourceFile
    package let lower: Int
    package let upper: Int

    package init(file: SourceFile, lower: Int, upper: Int) {
        self.file = file
        self.lower = lower
        self.upper = max(lower, upper)
    }

    package var start: SourceLocation { file.location(at: lower) }
    package var end: SourceLocation { file.location(at: upper) }

    /// The text that the range covers.
    package var text: String {
        let count = file.utf8.count
        return String(decoding: file.utf8[min(lower, count)..<min(upper, count)], as: UTF8.self)
    }

    /// Two ranges are the same when they cover the same bytes of the same file object.
    package static func == (a: SourceRange, b: SourceRange) -> Bool {
        a.file === b.file && a.lower == b.lower && a.upper == b.upper
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(file))
        hasher.combine(lower)
        hasher.combine(upper)
    }
}
