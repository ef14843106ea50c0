import Markup

/// Text of data as Markdown in which nothing is markup, on one line.
///
/// Punctuation that could open something is escaped; what forges link by themselves (`www.`, `://`, `@name`, `#12`) is
/// broken by a word joiner, because they look at the text after escapes are gone.
func markdownText(_ text: String) -> String {
    var out = ""
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars where isPrintable(scalar) {
        switch scalar {
        case "\n", "\t": out += " "
        case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "$", "&", "!":
            out += "\\"
            out.unicodeScalars.append(scalar)
        case "@": out += "\u{2060}@\u{2060}"
        case "#": out += "\\#\u{2060}"
        case "/" where previous == ":": out += "\u{2060}/"
        case "." where out.hasSuffix("www") || out.hasSuffix("WWW"): out += "\u{2060}."
        default: out.unicodeScalars.append(scalar)
        }
        previous = scalar
    }
    return out
}

/// The same where the text begins a block: what would be a list, a rule, a heading or a quote is broken as well.
func markdownBlockStart(_ text: String, before next: UInt8?) -> String {
    let escaped = markdownText(text)
    guard let first = text.unicodeScalars.first, first.isASCII else { return escaped }
    let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let opensList = isNumber && (next == UInt8(ascii: ".") || next == UInt8(ascii: ")"))
    let opensBlock = ["-", "+", "="].contains(first) && !text.dropFirst().starts(with: /[0-9.]/)
    guard opensList || opensBlock else { return escaped }
    return "&#\(first.value);" + markdownText(String(text.dropFirst()))
}

/// A code span around any text: its fence is longer than any run of backticks inside.
func markdownCode(_ text: String) -> String {
    let clean = String(
        String.UnicodeScalarView(text.unicodeScalars.filter(isPrintable).map { $0 == "\n" ? " " : $0 }))
    let fence = String(repeating: "`", count: longestRun(of: "`", in: clean) + 1)
    let pad = clean.hasPrefix("`") || clean.hasSuffix("`") || clean.isEmpty ? " " : ""
    return fence + pad + clean + pad + fence
}

/// A fenced block around any text.
func markdownFence(_ text: String, info: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
    let clean = String(String.UnicodeScalarView(text.unicodeScalars.filter(isPrintable)))
    return "\(fence)\(info)\n\(clean)\(clean.hasSuffix("\n") ? "" : "\n")\(fence)"
}

/// A destination in which nothing can end the link.
func markdownDestination(_ destination: String) -> String {
    var out = ""
    for byte in destination.utf8 {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
            UInt8(ascii: "|"), UInt8(ascii: "`"), UInt8(ascii: "\""), 0...0x20, 0x7F...0xFF:
            let hex = String(byte, radix: 16, uppercase: true)
            out += "%" + (hex.count == 1 ? "0" : "") + hex
        default: out.unicodeScalars.append(Unicode.Scalar(byte))
        }
    }
    return out
}

func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for next in text {
        run = next == character ? run + 1 : 0
        longest = max(longest, run)
    }
    return longest
}
