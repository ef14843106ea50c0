import Diagnostics

/// Where the lines of a piece of YAML begin, as libyaml counts them.
///
/// Its marks are a line and a column in Unicode scalars, and U+0085, U+2028 and U+2029 end a line too.
struct LineTable {
    private let range: SourceRange
    private let starts: [Int]

    init(_ range: SourceRange) {
        self.range = range
        let bytes = range.file.utf8
        var starts = [range.lower]
        var index = range.lower
        while index < range.upper {
            let length = LineTable.breakLength(bytes, index, range.upper)
            index += max(1, length)
            if length > 0 { starts.append(index) }
        }
        self.starts = starts
    }

    /// The length of the line break at `index`; 0 where there is none.
    static func breakLength(_ bytes: [UInt8], _ index: Int, _ end: Int) -> Int {
        switch bytes[index] {
        case 0x0A: return 1
        case 0x0D: return index + 1 < end && bytes[index + 1] == 0x0A ? 2 : 1
        case 0xC2: return index + 1 < end && bytes[index + 1] == 0x85 ? 2 : 0
        case 0xE2:
            guard index + 2 < end, bytes[index + 1] == 0x80 else { return 0 }
            return bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9 ? 3 : 0
        default: return 0
        }
    }

    /// The byte offset in the file of a mark, both numbers from 1.
    func offset(line: Int, column: Int) -> Int {
        guard line >= 1, line <= starts.count else { return range.upper }
        var offset = starts[line - 1]
        let bytes = range.file.utf8
        for _ in 1..<max(1, column) where offset < range.upper {
            offset += 1
            while offset < range.upper, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        }
        return offset
    }
}
