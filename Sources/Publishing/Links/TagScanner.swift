/// Reads the start tags of a page one after another, as HTML's tokenisation has them; text, comments and what stands in
/// scripts and styles are passed over.
struct TagScanner {
    struct Tag {
        /// In lower case.
        var name: String
        /// Names in lower case, values without references.
        var attributes: [(name: String, value: String)]
    }

    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Tag? {
        while let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            index = start + 1
            if has("!--") {
                skip(past: "-->")
            } else if index < bytes.count, TagScanner.isLetter(bytes[index]) {
                let tag = tag()
                if ["script", "style", "title", "textarea"].contains(tag.name) { skip(to: "</" + tag.name) }
                return tag
            }
        }
        index = bytes.count
        return nil
    }

    private mutating func tag() -> Tag {
        let name = word { !TagScanner.isSpace($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ">") }
        var tag = Tag(name: name.lowercased(), attributes: [])
        while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
            if TagScanner.isSpace(bytes[index]) || bytes[index] == UInt8(ascii: "/") {
                index += 1
                continue
            }
            let name = word { !TagScanner.isSpace($0) && !"/>=".utf8.contains($0) }
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
                tag.attributes.append((name.lowercased(), ""))
                if name.isEmpty { index += 1 }
                continue
            }
            index += 1
            skipSpace()
            tag.attributes.append((name.lowercased(), TagScanner.unescaped(value())))
        }
        index = min(index + 1, bytes.count)
        return tag
    }

    private mutating func value() -> String {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else {
            return word { !TagScanner.isSpace($0) && $0 != UInt8(ascii: ">") }
        }
        let quote = bytes[index]
        index += 1
        defer { index = min(index + 1, bytes.count) }
        return word { $0 != quote }
    }

    private mutating func word(_ isPart: (UInt8) -> Bool) -> String {
        let start = index
        while index < bytes.count, isPart(bytes[index]) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func skipSpace() {
        while index < bytes.count, TagScanner.isSpace(bytes[index]) { index += 1 }
    }

    private func has(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

    private mutating func skip(past text: String) {
        skip(to: text)
        index = min(index + text.utf8.count, bytes.count)
    }

    private mutating func skip(to text: String) {
        let first = text.utf8.first
        while index < bytes.count, bytes[index] != first || !has(text) { index += 1 }
    }

    // MARK: Bytes and references

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// The text with the references decoded that this program writes: five by name, others by number.
    private static func unescaped(_ text: String) -> String {
        guard text.contains("&") else { return text }
        var out = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "&") {
            out += rest[..<start]
            rest = rest[start...]
            guard let end = rest.firstIndex(of: ";"), let scalar = scalar(rest[rest.index(after: start)..<end]) else {
                out.append("&")
                rest = rest.dropFirst()
                continue
            }
            out.unicodeScalars.append(scalar)
            rest = rest[rest.index(after: end)...]
        }
        return out + rest
    }

    private static func scalar(_ name: Substring) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
        return UInt32(isHexadecimal ? digits.dropFirst() : digits, radix: isHexadecimal ? 16 : 10)
            .flatMap(Unicode.Scalar.init)
    }
}
