/// JSON text of values: canonical (RFC 8785), for digests, and indented, for people.
extension Value {
    /// RFC 8785: members sorted by UTF-16 code units, no white space, numbers as ECMAScript prints them.
    package var canonicalJSON: String {
        var out = ""
        writeCanonical(to: &out)
        return out
    }

    private func writeCanonical(to out: inout String) {
        switch self {
        case .list(let items):
            out += "["
            for (index, item) in items.enumerated() {
                if index > 0 { out += "," }
                item.writeCanonical(to: &out)
            }
            out += "]"
        case .object(let object):
            out += "{"
            let keys = object.keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
            for (index, key) in keys.enumerated() {
                if index > 0 { out += "," }
                Value.writeString(key, to: &out)
                out += ":"
                (object[key] ?? .null).writeCanonical(to: &out)
            }
            out += "}"
        default: writeScalar(to: &out)
        }
    }

    /// Two spaces a level, keys in their own order, lists of scalars on one line.
    package var indentedJSON: String {
        var out = ""
        writeIndented(to: &out, level: 0)
        return out
    }

    private func writeIndented(to out: inout String, level: Int) {
        let inner = String(repeating: "  ", count: level + 1)
        let outer = String(repeating: "  ", count: level)
        switch self {
        case .list(let items) where items.allSatisfy(\.isScalar):
            out += "["
            for (index, item) in items.enumerated() {
                if index > 0 { out += ", " }
                item.writeScalar(to: &out)
            }
            out += "]"
        case .list(let items):
            out += "["
            for (index, item) in items.enumerated() {
                out += (index > 0 ? ",\n" : "\n") + inner
                item.writeIndented(to: &out, level: level + 1)
            }
            out += "\n\(outer)]"
        case .object(let object) where object.isEmpty: out += "{}"
        case .object(let object):
            out += "{"
            for (index, (key, value)) in object.enumerated() {
                out += (index > 0 ? ",\n" : "\n") + inner
                Value.writeString(key, to: &out)
                out += ": "
                value.writeIndented(to: &out, level: level + 1)
            }
            out += "\n\(outer)}"
        default: writeScalar(to: &out)
        }
    }

    private var isScalar: Bool {
        switch self {
        case .list, .object: false
        default: true
        }
    }

    private func writeScalar(to out: inout String) {
        switch self {
        case .boolean(let flag): out += flag ? "true" : "false"
        case .number(let number): out += Value.ecmaScript(number)
        case .string(let text): Value.writeString(text, to: &out)
        default: out += "null"
        }
    }

    private static func writeString(_ text: String, to out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\u{8}": out += "\\b"
            case "\u{9}": out += "\\t"
            case "\u{A}": out += "\\n"
            case "\u{C}": out += "\\f"
            case "\u{D}": out += "\\r"
            case "\u{0}"..."\u{1F}":
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }

    /// A finite number as ECMAScript's Number::toString writes it: the shortest digits that read back the same.
    package static func ecmaScript(_ number: Double) -> String {
        if number == 0 { return "0" }
        let sign = number < 0 ? "-" : ""
        let (digits, exponent) = shortestDigits(number.magnitude)
        let count = digits.count
        // The value is 0.d₁d₂… × 10^exponent.
        if count <= exponent, exponent <= 21 {
            return sign + digits + String(repeating: "0", count: exponent - count)
        }
        if 0 < exponent, exponent <= 21 {
            return sign + digits.prefix(exponent) + "." + digits.dropFirst(exponent)
        }
        if -6 < exponent, exponent <= 0 {
            return sign + "0." + String(repeating: "0", count: -exponent) + digits
        }
        let power = exponent - 1
        let mantissa = count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
        return sign + mantissa + "e" + (power < 0 ? "-" : "+") + String(power.magnitude)
    }

    /// The shortest digits d₁d₂… and the exponent e with number = 0.d₁d₂… × 10^e, for a finite number above 0.
    package static func shortestDigits(_ number: Double) -> (digits: String, exponent: Int) {
        let text = number.description
        let parts = text.split(separator: "e", maxSplits: 1)
        var exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        exponent += mantissa[0].count
        var digits = mantissa.joined()
        while digits.hasPrefix("0"), digits.count > 1 {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
        return (digits, exponent)
    }
}
