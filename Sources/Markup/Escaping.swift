/// The string as text of HTML or XML.
package func escapedText(_ text: String) -> String {
    var out = ""
    escape(text, inAttribute: false, to: &out)
    return out
}

/// The string as the inside of an attribute's quotes.
package func escapedAttribute(_ text: String) -> String {
    var out = ""
    escape(text, inAttribute: true, to: &out)
    return out
}

/// Replaces what could end the text or the attribute, and drops what XML forbids.
///
/// A newline in an attribute is written as a reference, or reading would turn it into a space.
func escape(_ text: String, inAttribute: Bool, to out: inout String) {
    if isPlain(text, inAttribute: inAttribute) {
        out += text
        return
    }
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": out += "&amp;"
        case "<": out += "&lt;"
        case ">": out += "&gt;"
        case "\"" where inAttribute: out += "&quot;"
        case "'" where inAttribute: out += "&#39;"
        case "\n" where inAttribute: out += "&#10;"
        case "\t" where inAttribute: out += "&#9;"
        default: if isPrintable(scalar) { out.unicodeScalars.append(scalar) }
        }
    }
}

/// Whether the text is sure to need no change. Of what is not ASCII, bytes that begin no control character and no
/// noncharacter are.
private func isPlain(_ text: String, inAttribute: Bool) -> Bool {
    text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"): false
        case UInt8(ascii: "\""), UInt8(ascii: "'"), 0x09, 0x0A: !inAttribute
        case 0x00...0x1F, 0x7F, 0xC2, 0xEF...0xFF: false
        default: true
        }
    }
}

/// Whether a scalar may stand in markup: control characters other than tab and newline may not, nor noncharacters.
package func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: true
    case 0x00...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: false
    default: scalar.value & 0xFFFE != 0xFFFE
    }
}
