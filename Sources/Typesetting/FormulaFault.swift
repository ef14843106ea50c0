/// Why a formula cannot be set, and where in it.
package struct FormulaFault: Error, Hashable, Sendable {
    /// The rule, as one sentence without a full stop.
    package var message: String
    /// UTF-8 offsets in the TeX; nil where the whole formula is at fault.
    package var range: Range<Int>?
}

extension FormulaFault {
    static let exhausted = FormulaFault(
        message: "A formula is set in bounded time and memory; this one would not be", range: nil)
    static let tooLong = FormulaFault(message: "A formula has at most \(Typesetter.longest) bytes", range: nil)
    static let tooDeep = FormulaFault(
        message: "Groups of a formula nest at most \(Typesetter.deepestNesting) deep", range: nil)

    /// A command that could load something or lead somewhere.
    static func refused(_ command: String, in tex: String) -> FormulaFault {
        FormulaFault(
            message: "A formula loads nothing and links to nothing; '\(command)' is refused",
            range: tex.firstRange(of: command).map { range in
                tex.utf8.distance(
                    from: tex.startIndex, to: range.lowerBound)..<tex.utf8.distance(
                        from: tex.startIndex, to: range.upperBound)
            })
    }

    /// What KaTeX says, in words of our own where they are known.
    ///
    /// KaTeX's text ends in " at position 3: …" or " at end of input: …" with an excerpt in which the fault is
    /// underlined by a combining mark behind each character.
    init(katex text: String, offset: Int?, in tex: String) {
        let text = text.hasPrefix("KaTeX parse error: ") ? String(text.dropFirst(19)) : text
        let head = [" at position ", " at end of input: "].compactMap { text.firstRange(of: $0)?.lowerBound }.min()
        let said = String(text[..<(head ?? text.endIndex)])
        let marked = text[(head ?? text.endIndex)...].unicodeScalars.count { $0 == "\u{332}" }
        message = FormulaFault.words(said)
        guard let offset else { return }
        let units = tex.utf16
        func bytes(_ count: Int) -> Int {
            let index = units.index(units.startIndex, offsetBy: min(count, units.count))
            return tex.utf8.distance(from: tex.startIndex, to: String.Index(index, within: tex) ?? tex.endIndex)
        }
        // At the end of the input the fault is what stands there last.
        let lower = bytes(offset)
        range = lower < tex.utf8.count ? lower..<bytes(offset + max(1, marked)) : max(0, lower - 1)..<lower
    }

    private static func words(_ said: String) -> String {
        func quoted(_ prefix: String) -> String? {
            guard said.hasPrefix(prefix) else { return nil }
            let rest = said.dropFirst(prefix.count)
            return String(rest.hasPrefix("'") && rest.hasSuffix("'") ? rest.dropFirst().dropLast() : rest)
        }
        if let command = quoted("Undefined control sequence: ") {
            return "'\(command)' is no command that a formula knows"
        }
        if let name = quoted("No such environment: ") { return "A formula knows no environment '\(name)'" }
        if let unit = quoted("Invalid unit: ") { return "A length has a unit of TeX's, such as em; '\(unit)' is none" }
        if let sign = quoted("Expected group after ") { return "'\(sign)' has something behind it" }
        if said.hasPrefix("Too many expansions") {
            return "Macros of a formula expand at most \(KaTeX.mostExpansions) times"
        }
        if said == "Double superscript" || said == "Double subscript" {
            return "A base has one \(said.dropFirst(7)); braces say which belongs to what"
        }
        if said.hasPrefix("Unexpected end of input in a macro argument") { return "A group '{' ends with '}'" }
        let quotes = said.split(separator: "'", omittingEmptySubsequences: false)
        if said.hasPrefix("Expected '"), quotes.count == 5 {
            switch (quotes[1], quotes[3]) {
            case ("EOF", "&"): return "'&' stands in an environment, such as aligned"
            case ("EOF", let found): return "'\(found)' closes something that was never opened"
            case (let wanted, "EOF"): return "The formula ends before its '\(wanted)'"
            case (let wanted, let found): return "'\(wanted)' stands here, not '\(found)'"
            }
        }
        return "A formula is TeX as KaTeX reads it: \(said)"
    }
}
