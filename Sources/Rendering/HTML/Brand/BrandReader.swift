import Diagnostics

/// Reads `brand.css`, and collects what is wrong with it.
struct BrandReader {
    private let file: SourceFile
    private let bytes: [UInt8]
    private var index = 0
    /// How many brackets the last part left open.
    private var depth = 0
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var style = BrandStyle()

    init(_ file: SourceFile) {
        self.file = file
        bytes = file.utf8
        while skip() { rule() }
    }

    static let rule = "A brand file holds variables in :root, and nothing else"

    // MARK: Rules

    private mutating func rule() {
        let start = index
        let prelude = part()
        guard at("{") else {
            let end = index
            // Past the brace or the semicolon that it ended at.
            if index < bytes.count { index += 1 }
            return fault(start, max(end, start + 1), "a rule is `:root{--name:value}`")
        }
        index += 1
        let name = prelude.filter { !$0.isWhitespace }.lowercased()
        switch name {
        case ":root": style.light += variables()
        case "@media(prefers-color-scheme:dark)", "@mediascreenand(prefers-color-scheme:dark)": dark()
        default:
            fault(
                start, start + prelude.utf8.count,
                "these stand in :root, or in @media (prefers-color-scheme: dark) { :root { … } }; "
                    + "Templates/theme.css is the place for rules")
            skipBlock()
        }
    }

    private mutating func dark() {
        while skip() {
            if at("}") {
                index += 1
                return
            }
            let start = index
            let prelude = part()
            guard at("{"), prelude == ":root" else {
                fault(start, max(index, start + 1), "in @media stands :root{--name:value}")
                guard index < bytes.count else { return }
                let isBlock = at("{")
                index += 1
                if isBlock { skipBlock() }
                continue
            }
            index += 1
            style.dark += variables()
        }
        fault(index, index, "a brace is not closed")
    }

    private mutating func variables() -> [BrandStyle.Variable] {
        var found: [BrandStyle.Variable] = []
        while skip() {
            if at("}") {
                index += 1
                return found
            }
            let start = index
            let text = part()
            if at("{") {
                fault(start, index, "a declaration is `--name:value;`")
                index += 1
                skipBlock()
                continue
            }
            if at(";") { index += 1 }
            if text.isEmpty { continue }
            if let variable = variable(text, at: start) { found.append(variable) }
        }
        fault(index, index, "a brace is not closed")
        return found
    }

    private mutating func variable(_ text: String, at start: Int) -> BrandStyle.Variable? {
        let end = start + text.utf8.count
        guard let match = text.wholeMatch(of: /(--[A-Za-z0-9_-]+)\s*:\s*(.+?)\s*/.dotMatchesNewlines()) else {
            fault(
                start, end,
                text.hasPrefix("--") ? "a declaration is `--name:value;`" : "a variable's name begins with `--`")
            return nil
        }
        guard depth == 0 else {
            fault(start, end, "a bracket is not closed")
            return nil
        }
        let value = String(match.2)
        for url in value.matches(of: /(?i)(?:url\(\s*["']?|image-set\(\s*["'])([^"')]*)/)
        where !url.1.lowercased().hasPrefix("data:image/") {
            fault(start, end, "a page loads nothing: an image is url(\"data:image/…\")")
            return nil
        }
        return BrandStyle.Variable(name: String(match.1), value: value, offset: start)
    }

    private mutating func fault(_ lower: Int, _ upper: Int, _ note: String) {
        // Of whole characters: it may end behind the file, or where a comment was left out.
        var lower = min(lower, max(0, bytes.count - 1))
        while lower > 0, bytes[lower] & 0xC0 == 0x80 { lower -= 1 }
        var upper = min(max(upper, lower), bytes.count)
        while upper < bytes.count, bytes[upper] & 0xC0 == 0x80 { upper += 1 }
        diagnostics.append(
            .error(
                .malformedBrand, BrandReader.rule, at: SourceRange(file: file, lower: lower, upper: upper),
                notes: [.init(note)]))
    }

    // MARK: Text

    private func at(_ character: Unicode.Scalar) -> Bool {
        index < bytes.count && bytes[index] == UInt8(ascii: character)
    }

    /// Passes over blanks and comments; whether anything is left.
    private mutating func skip() -> Bool {
        while index < bytes.count {
            if [0x20, 0x09, 0x0A, 0x0D, 0x0C].contains(bytes[index]) {
                index += 1
            } else if let end = bytes.endOfComment(at: index) {
                index = end
            } else {
                return true
            }
        }
        return false
    }

    /// What stands before a brace or a semicolon outside strings and brackets, without the blanks at its end.
    private mutating func part() -> String {
        var out: [UInt8] = []
        depth = 0
        while index < bytes.count {
            let byte = bytes[index]
            if let end = bytes.endOfComment(at: index) {
                index = end
                continue
            }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                let start = index
                index = bytes.endOfString(at: start)
                out += bytes[start..<index]
                continue
            }
            switch byte {
            case UInt8(ascii: "\\") where index + 1 < bytes.count:
                out.append(byte)
                index += 1
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            default:
                // A bracket that is not closed ends with its rule.
                if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "{") || depth <= 0 && byte == UInt8(ascii: ";") {
                    return trimmed(out)
                }
            }
            out.append(bytes[index])
            index += 1
        }
        return trimmed(out)
    }

    private func trimmed(_ bytes: [UInt8]) -> String {
        var text = Substring(decoding: bytes, as: UTF8.self)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    private mutating func skipBlock() {
        var depth = 1
        while index < bytes.count, depth > 0 {
            _ = part()
            guard index < bytes.count else { return }
            if at("{") { depth += 1 } else if at("}") { depth -= 1 }
            index += 1
        }
    }
}
