/// What follows the closing bracket of a link's text: `(destination "title")`.
enum LinkTail {
    /// The offset behind the closing parenthesis of an inline link's tail at `start`; nil where there is none.
    ///
    /// CommonMark's rules as cmark applies them: a destination in angle brackets or with balanced parentheses.
    static func inlineEnd(in text: Bytes, at start: Int) -> Int? {
        guard text.at(start) == UInt8(ascii: "(") else { return nil }
        var index = skipSpace(text, start + 1)
        guard let destination = destinationEnd(text, index) else { return nil }
        index = skipSpace(text, destination)
        if index > destination, let title = titleEnd(text, index) { index = skipSpace(text, title) }
        return text.at(index) == UInt8(ascii: ")") ? index + 1 : nil
    }

    /// The offset behind `[label]` at `start`; nil where there is none.
    static func labelEnd(in text: Bytes, at start: Int) -> Int? {
        guard text.at(start) == UInt8(ascii: "[") else { return nil }
        var index = start + 1
        while index < text.count, index - start <= 1001 {
            switch text[index] {
            case UInt8(ascii: "]"): return index + 1
            case UInt8(ascii: "["): return nil
            case UInt8(ascii: "\\"): index += text.at(index + 1).isPunctuation ? 2 : 1
            default: index += 1
            }
        }
        return nil
    }

    private static func skipSpace(_ text: Bytes, _ start: Int) -> Int {
        var index = start
        while index < text.count, text[index].isSpace { index += 1 }
        return index
    }

    private static func destinationEnd(_ text: Bytes, _ start: Int) -> Int? {
        var index = start
        if text.at(index) == UInt8(ascii: "<") {
            index += 1
            while index < text.count {
                switch text[index] {
                case UInt8(ascii: ">"): return index + 1
                case UInt8(ascii: "\\"): index += 2
                case UInt8(ascii: "<"), 0x0A: return nil
                default: index += 1
                }
            }
            return nil
        }
        var depth = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\\"), text.at(index + 1).isPunctuation {
                index += 2
                continue
            }
            if byte.isSpace { return index }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") {
                if depth == 0 { return index }
                depth -= 1
            }
            if depth > 32 { return nil }
            index += 1
        }
        return nil
    }

    private static func titleEnd(_ text: Bytes, _ start: Int) -> Int? {
        let opening = text.at(start)
        let closing: UInt8
        switch opening {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): closing = opening
        case UInt8(ascii: "("): closing = UInt8(ascii: ")")
        default: return nil
        }
        var index = start + 1
        while index < text.count {
            if text[index] == closing { return index + 1 }
            index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }
}
