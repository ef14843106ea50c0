/// Letters as they are looked for: in lower case and, of Latin ones, without what stands above, below or across them.
///
/// `Templates/search.js` folds what is typed by the table that comes with the index, so that both agree on every letter
/// of the site whatever a browser knows of Unicode.
struct LetterFolding {
    /// What other scalars than ASCII became, by the lower-case scalar; only those that became something else.
    private(set) var table: [Unicode.Scalar: String] = [:]
    private var known: [Unicode.Scalar: String] = [:]

    /// The scalar folded: none or several where one letter stands for more.
    mutating func folded(_ scalar: Unicode.Scalar) -> String {
        if let text = known[scalar] { return text }
        var out = ""
        for lower in scalar.properties.lowercaseMapping.unicodeScalars {
            if LetterFolding.isDiacritic(lower) { continue }
            let text = LetterFolding.base(of: lower)
            if let text { table[lower] = text }
            out += text ?? String(lower)
        }
        known[scalar] = out
        return out
    }

    /// Combining marks of Latin, Greek and Cyrillic letters; those of other scripts are vowels.
    static func isDiacritic(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }

    /// The plain letters for a lower-case Latin one; nil for one that stays.
    private static func base(of scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "ß": return "ss"
        case "æ": return "ae"
        case "œ": return "oe"
        case "þ": return "th"
        case "ð": return "d"
        case "ı": return "i"
        default: break
        }
        switch scalar.value {
        case 0xC0...0x24F, 0x1E00...0x1EFF: break
        default: return nil
        }
        // LATIN SMALL LETTER E WITH CIRCUMFLEX AND ACUTE
        let start = "LATIN SMALL LETTER "
        guard let name = scalar.properties.name, name.hasPrefix(start) else { return nil }
        let words = name.dropFirst(start.count).split(separator: " ")
        guard words.count > 2, words[0].utf8.count == 1, words[1] == "WITH" else { return nil }
        return words[0].lowercased()
    }
}
