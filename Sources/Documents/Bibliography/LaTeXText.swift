/// LaTeX's text markup as plain text: accents, special letters, dashes, quotes; braces go.
package enum LaTeXText {
    private static let accents: [Character: String] = [
        "\"": "\u{308}", "'": "\u{301}", "`": "\u{300}", "^": "\u{302}", "~": "\u{303}", "=": "\u{304}",
        ".": "\u{307}", "u": "\u{306}", "v": "\u{30C}", "H": "\u{30B}", "c": "\u{327}", "k": "\u{328}", "r": "\u{30A}",
    ]

    private static let letters: [String: String] = [
        "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
        "AA": "Å", "i": "i", "j": "j", "dh": "ð", "th": "þ", "textendash": "–", "textemdash": "—", "ldots": "…",
    ]

    /// Letters with their accents in one scalar, found by canonical equivalence.
    private static let composed = Set(
        [0xC0...0x17F, 0x1E00...0x1EFF].joined().compactMap { Unicode.Scalar(UInt32($0)) }.map(Character.init))

    package static func plain(_ text: String) -> String {
        var out = ""
        var rest = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")[...]
        while let character = rest.popFirst() {
            switch character {
            case "\\": out += command(&rest)
            case "{", "}": break
            case "~": out += "\u{A0}"
            case "-" where rest.hasPrefix("--"):
                out += "—"
                rest = rest.dropFirst(2)
            case "-" where rest.hasPrefix("-"):
                out += "–"
                rest = rest.dropFirst()
            case "`" where rest.hasPrefix("`"):
                out += "“"
                rest = rest.dropFirst()
            case "'" where rest.hasPrefix("'"):
                out += "”"
                rest = rest.dropFirst()
            default: out.append(character)
            }
        }
        return out
    }

    /// What stands behind a backslash; an unknown command leaves its argument.
    private static func command(_ rest: inout Substring) -> String {
        guard let first = rest.first else { return "" }
        let name = first.isASCII && first.isLetter ? rest.prefix { $0.isASCII && $0.isLetter } : rest.prefix(1)
        rest = rest.dropFirst(name.count)
        if name.count == 1, let mark = accents[first], let base = argument(&rest) {
            let accented = Character(base.prefix(1) + mark)
            let letter = composed.firstIndex(of: accented).map { composed[$0] } ?? accented
            return String(letter) + base.dropFirst()
        }
        if first.isLetter {
            if rest.first == " " { rest = rest.dropFirst() }
            return letters[String(name)] ?? ""
        }
        return String(name)
    }

    /// The letter or the group behind an accent, `\i` in it included.
    private static func argument(_ rest: inout Substring) -> String? {
        var ahead = rest.drop { $0 == " " }
        let isGroup = ahead.first == "{"
        if isGroup { ahead = ahead.dropFirst() }
        guard let next = ahead.popFirst() else { return nil }
        let letter: String
        if next == "\\" {
            letter = command(&ahead)
        } else if next.isLetter {
            letter = String(next)
        } else {
            return nil
        }
        guard !letter.isEmpty else { return nil }
        if isGroup, ahead.first == "}" { ahead = ahead.dropFirst() }
        rest = ahead
        return letter
    }
}
