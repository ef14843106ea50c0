/// JSON text of values: canonical (RFC 8785), for digests, and indented, for people.
extension Value {
    /// RFC 8785: members sorted by UTF-16 code units, no white space, numbers as ECMAScript prints them.
    package var canonicalJSON: String { String(decoding: canonicalBytes, as: UTF8.self) }

    /// The same as UTF-8.
    package var canonicalBytes: [UInt8] {
        var out: [UInt8] = []
        writeCanonical(to: &out)
        return out
    }

    private func writeCanonical(to out: inout [UInt8]) {
        switch self {
        case .list(let items):
            out.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                item.writeCanonical(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let object):
            out.append(UInt8(ascii: "{"))
            let keys = object.keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
            for (index, key) in keys.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Value.writeString(key, to: &out)
                out.append(UInt8(ascii: ":"))
                (object[key] ?? .null).writeCanonical(to: &out)
            }
            out.append(UInt8(ascii: "}"))
        default: writeScalar(to: &out)
        }
    }

    /// Two spaces a level, keys in their own order, lists of scalars on one line.
    package var indentedJSON: String {
        var out: [UInt8] = []
        writeIndented(to: &out, level: 0)
        return String(decoding: out, as: UTF8.self)
    }

    private func writeIndented(to out: inout [UInt8], level: Int) {
        func beginLine(_ level: Int) {
            out.append(UInt8(ascii: "\n"))
            out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
        }
        switch self {
        case .list(let items) where items.allSatisfy(\.isScalar):
            out.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { out += ", ".utf8 }
                item.writeScalar(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .list(let items):
            out.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                beginLine(level + 1)
                item.writeIndented(to: &out, level: level + 1)
            }
            beginLine(level)
            out.append(UInt8(ascii: "]"))
        case .object(let object) where object.isEmpty: out += "{}".utf8
        case .object(let object):
            out.append(UInt8(ascii: "{"))
            for (index, (key, value)) in object.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                beginLine(level + 1)
                Value.writeString(key, to: &out)
                out += ": ".utf8
                value.writeIndented(to: &out, level: level + 1)
            }
            beginLine(level)
            out.append(UInt8(ascii: "}"))
        default: writeScalar(to: &out)
        }
    }

    private var isScalar: Bool {
        switch self {
        case .list, .object: false
        default: true
        }
    }

    func writeScalar(to out: inout [UInt8]) {
        switch self {
        case .boolean(let flag): out += (flag ? "true" : "false").utf8
        case .number(let number): Value.writeECMAScript(number, to: &out)
        case .string(let text): Value.writeString(text, to: &out)
        default: out += "null".utf8
        }
    }

    static func writeString(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        // Nearly no text has anything to escape.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            out.append(contentsOf: text.utf8)
            out.append(UInt8(ascii: "\""))
            return
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out += "\\\"".utf8
            case UInt8(ascii: "\\"): out += "\\\\".utf8
            case 0x08: out += "\\b".utf8
            case 0x09: out += "\\t".utf8
            case 0x0A: out += "\\n".utf8
            case 0x0C: out += "\\f".utf8
            case 0x0D: out += "\\r".utf8
            case 0x00...0x1F:
                let hex = String(byte, radix: 16)
                out += ("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
