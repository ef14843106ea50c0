import Diagnostics

/// What a place in prose belongs to, read off its line: the target of a link, a name behind `@`.
enum ProseCursor {
    /// The target of a link inside the file, `](#…`, from behind its `#`: `lower` its beginning, `upper` its end as far as it
    /// is written.
    static func fragment(_ file: SourceFile, at offset: Int) -> Range<Int>? {
        let bytes = file.utf8
        let (start, end) = file.line(around: offset)
        var index = min(offset, end)
        while index > start, bytes[index - 1] != UInt8(ascii: "#") {
            index -= 1
            if [UInt8(ascii: ")"), UInt8(ascii: "("), 0x20].contains(bytes[index]) { return nil }
        }
        guard index - 2 > start, bytes[index - 2] == UInt8(ascii: "("), bytes[index - 3] == UInt8(ascii: "]") else {
            return nil
        }
        var last = min(offset, end)
        while last < end, bytes[last] != UInt8(ascii: ")"), bytes[last] != 0x20 { last += 1 }
        return index..<last
    }

    /// The title of such a link, `](#… "title"`, from behind its quote to the place.
    static func title(_ file: SourceFile, at offset: Int) -> Range<Int>? {
        let bytes = file.utf8
        let (start, _) = file.line(around: offset)
        guard offset > start else { return nil }
        var index = offset
        while index > start, bytes[index - 1] != UInt8(ascii: "\"") {
            index -= 1
            if bytes[index] == UInt8(ascii: ")") { return nil }
        }
        guard index - 2 > start, bytes[index - 2] == 0x20 else { return nil }
        return fragment(file, at: index - 2).map { _ in index..<offset }
    }

    /// The name behind an `@` that begins a word, without the sign.
    static func mention(_ file: SourceFile, at offset: Int) -> Range<Int>? {
        let bytes = file.utf8
        var lower = offset
        while lower > 0, isNameByte(bytes[lower - 1]) { lower -= 1 }
        guard lower > 0, bytes[lower - 1] == UInt8(ascii: "@") else { return nil }
        if lower > 1, isNameByte(bytes[lower - 2]), bytes[lower - 2] != UInt8(ascii: "-") { return nil }
        var upper = offset
        while upper < bytes.count, isNameByte(bytes[upper]) { upper += 1 }
        // Marks at the end belong to the sentence.
        while upper > lower, upper > offset, ":.-/+".utf8.contains(bytes[upper - 1]) { upper -= 1 }
        return lower..<upper
    }

    /// A letter or digit of ASCII, or a mark that may stand in a citation's key.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_:.-/+".utf8.contains(byte)
        }
    }
}
