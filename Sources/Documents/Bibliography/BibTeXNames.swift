/// A list of names as BibTeX writes it: `Last, First and First von Last and {An Institution}`.
enum BibTeXNames {
    static func read(_ text: String) -> [BibliographyEntry.Name] {
        split(text, at: " and ").map { String($0) }.filter { !$0.isEmpty }.map(name)
    }

    private static func name(_ text: String) -> BibliographyEntry.Name {
        if text == "others" { return .init(family: "others") }
        if text.hasPrefix("{"), text.hasSuffix("}"), !text.dropFirst().dropLast().contains("}") {
            return .init(family: LaTeXText.plain(text))
        }
        let parts = split(text, at: ",")
        if parts.count > 1, let family = parts.first, let given = parts.last {
            // "Last, Jr, First"
            let suffix = parts.count > 2 ? " " + parts[1] : ""
            return .init(family: LaTeXText.plain(family + suffix), given: LaTeXText.plain(given))
        }
        let words = split(text, at: " ").filter { !$0.isEmpty }
        // Particles in lower case belong to the family: "Ludwig van Beethoven".
        let family = words.indices.dropFirst().first { words[$0].first?.isLowercase == true } ?? words.count - 1
        return .init(
            family: LaTeXText.plain(words[max(0, family)...].joined(separator: " ")),
            given: LaTeXText.plain(words[..<max(0, family)].joined(separator: " ")))
    }

    /// Splits outside braces, white space made single blanks, each part trimmed.
    private static func split(_ text: String, at separator: String) -> [String] {
        var parts = [""]
        var depth = 0
        var rest = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")[...]
        while let character = rest.first {
            if depth == 0, rest.hasPrefix(separator) {
                parts.append("")
                rest = rest.dropFirst(separator.count)
                continue
            }
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            parts[parts.count - 1].append(character)
            rest = rest.dropFirst()
        }
        return parts.map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
