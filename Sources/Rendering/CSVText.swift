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
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
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
        var out = "data:text/csv;charset=utf-8,"
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            case _ where "-_.,:;()+*/=!$@~'".utf8.contains(byte): out.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                out += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return out
    }
}
