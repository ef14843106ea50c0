import Values

/// Comma-separated values (RFC 4180) as they stand in a page.
enum CSVText {
    /// A text as a cell. One that a spreadsheet would run as a formula stands behind an apostrophe; numbers cannot be one.
    static func cell(_ text: String) -> String {
        let isFormula =
            text.unicodeScalars.first.map { "=+-@\t\r\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) }
            ?? false
        let safe = (isFormula ? "'" : "") + text
        guard safe.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return safe }
        // Byte by byte: a quote that an accent follows is another character to Swift.
        var out: [UInt8] = []
        for byte in safe.utf8 { out += byte == UInt8(ascii: "\"") ? [byte, byte] : [byte] }
        return "\"" + String(decoding: out, as: UTF8.self) + "\""
    }

    /// A number at full precision; nothing for none.
    static func number(_ number: Double?) -> String {
        guard let number, !number.isNaN else { return "" }
        return number.isFinite ? Value.ecmaScript(number) : number < 0 ? "-Inf" : "Inf"
    }

    static func text(_ lines: [[String]]) -> String {
        lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    /// The text as a link that a browser saves.
    static func dataURI(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out = Array("data:text/csv;charset=utf-8,".utf8)
        out.reserveCapacity(out.count + text.utf8.count * 5 / 4)
        for byte in text.utf8 {
            if isPlain[Int(byte)] {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// By byte, whether it stands for itself in a link.
    private static let isPlain: [Bool] = (0...255).map { (byte: UInt8) in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_.,:;()+*/=!$@~'".utf8.contains(byte)
        }
    }
}
