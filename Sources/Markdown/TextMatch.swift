/// Reading a text node along the source that it came from.
enum TextMatch {
    /// Where in `content` the text ends that reads as `literal` and begins at `start`.
    ///
    /// Escapes and entities are longer in the source than in the text; white space at a line's end is dropped.
    static func end(of literal: String, in content: Bytes, from start: Int) -> Int {
        var literal = literal
        return literal.withUTF8 { end(of: $0, in: content, from: start) }
    }

    private static func end(of literal: Bytes, in content: Bytes, from start: Int) -> Int {
        var index = start
        var read = 0
        while read < literal.count, index < content.count {
            let byte = content[index]
            if byte == UInt8(ascii: "\\"), content.at(index + 1).isPunctuation, content.at(index + 1) == literal[read] {
                index += 2
                read += 1
            } else if byte == UInt8(ascii: "&"), let length = entityLength(content, index),
                !isVerbatim(literal, read, content, index, length)
            {
                index += length
                read = nextScalar(literal, read)
                // A few entities stand for two characters.
                if read < literal.count, index < content.count, content[index] != literal[read],
                    literal[read] >= 0x80, content[index] < 0x80, content[index] != UInt8(ascii: "&")
                {
                    read = nextScalar(literal, read)
                }
            } else if byte != literal[read], read + 1 < literal.count, byte == literal[read + 1] {
                // cmark doubles a bracket where it takes a footnote back.
                read += 1
            } else {
                // Equal but for a NUL, or out of step: one for one keeps the cursor near.
                index += 1
                read += 1
            }
        }
        return index
    }

    private static func nextScalar(_ text: Bytes, _ index: Int) -> Int {
        var next = index + 1
        while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
        return next
    }

    /// The length of `&name;`, `&#1;` or `&#x1;` at `index`.
    private static func entityLength(_ text: Bytes, _ index: Int) -> Int? {
        var end = index + 1
        if text.at(end) == UInt8(ascii: "#") { end += 1 }
        let first = end
        while end - index < 34, text.at(end).isAlphanumeric { end += 1 }
        return end > first && text.at(end) == UInt8(ascii: ";") ? end + 1 - index : nil
    }

    /// Whether the entity is none that cmark knows, and stands in the text as written.
    private static func isVerbatim(_ literal: Bytes, _ read: Int, _ content: Bytes, _ index: Int, _ length: Int) -> Bool
    {
        guard read + length <= literal.count else { return false }
        for offset in 0..<length where literal[read + offset] != content[index + offset] { return false }
        return true
    }
}
