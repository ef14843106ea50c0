/// Takes text apart into the terms under which it is found.
///
/// A term is a run of letters, marks and digits, folded, or a number with its decimals: `1,234.5` is `1234.5` and `.03` is
/// `0.03`. Signs, units and other punctuation part terms; an apostrophe in a word does not. Of scripts without spaces each
/// character is a term. `terms` in `Templates/search.js` does the same.
struct SearchTerms {
    /// What is longer is cut.
    static let longest = 32

    var folding = LetterFolding()

    /// The terms of a text in order, repeated ones too.
    mutating func terms(_ text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        func at(_ index: Int) -> Unicode.Scalar { scalars.indices.contains(index) ? scalars[index] : " " }
        var found: [String] = []
        var term = ""
        func end() {
            if !term.isEmpty { found.append(SearchTerms.cut(term)) }
            term = ""
        }
        for (index, scalar) in scalars.enumerated() {
            switch SearchTerms.kind(scalar) {
            case .word:
                if scalar.isASCII {
                    term.unicodeScalars.append(SearchTerms.lower(scalar))
                } else {
                    term += folding.folded(scalar)
                }
            case .single:
                end()
                found.append(folding.folded(scalar))
            case .point
            where SearchTerms.isDigit(at(index + 1)) && (term.isEmpty || SearchTerms.isDigit(at(index - 1))):
                term += term.isEmpty ? "0." : "."
            case .group where SearchTerms.isDigit(at(index - 1)) && isThreeDigits(scalars[(index + 1)...]): break
            case .apostrophe where !term.isEmpty && SearchTerms.kind(at(index + 1)) == .word: break
            default: end()
            }
        }
        end()
        return found.filter { !$0.isEmpty }
    }

    /// Whether exactly three digits follow.
    private func isThreeDigits(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        rest.prefix(4).prefix { SearchTerms.isDigit($0) }.count == 3
    }

    private static func cut(_ term: String) -> String {
        guard term.utf8.count > longest, term.unicodeScalars.count > longest else { return term }
        return String(String.UnicodeScalarView(term.unicodeScalars.prefix(longest)))
    }

    // MARK: Kinds of scalars

    private enum Kind {
        case word
        /// A term by itself.
        case single
        case point
        /// What may part the thousands of a number.
        case group
        case apostrophe
        case other
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
    }

    private static func kind(_ scalar: Unicode.Scalar) -> Kind {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": return .word
        case ".": return .point
        case ",", "\u{A0}", "\u{2009}", "\u{202F}": return .group
        case "'", "\u{2019}": return .apostrophe
        default: break
        }
        if scalar.isASCII { return .other }
        switch scalar.value {
        // Kana, ideographs.
        case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2FA1F: return .single
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return .word
        default: return .other
        }
    }
}
