import Values

/// The title of a claim's link.
package enum ClaimCondition {
    /// What may be written, with what it says; for the reference and for editors.
    package static let forms: [(text: String, meaning: String)] = [
        ("within 0.1", "the number in the text is within 0.1 of the result"),
        ("within 0.1pp", "the number is within 0.1 percentage points of it"),
        ("within 2%", "the number is within a fiftieth of it"),
        ("> 0", "the result is above 0"), (">= 0", "it is 0 or above"),
        ("< 1", "it is below 1"), ("<= 1", "it is 1 or below"),
        ("excludes 0", "its interval does not hold 0"), ("includes 0", "its interval holds 0"),
        ("p < .05", "its p-value is below .05"), ("p > .1", "its p-value is above .1"),
    ]

    static let allowed = forms.map(\.text).alternatives

    /// Reads a condition; no title at all is "rounds". nil where it is none.
    static func parse(_ title: String) -> Claim.Condition? {
        if title.isEmpty { return .rounds }
        let text = title.replacing("≥", with: ">=").replacing("≤", with: "<=")
        let spaced = text.replacing("<=", with: " ≤ ").replacing(">=", with: " ≥ ")
            .replacing("<", with: " < ").replacing(">", with: " > ")
        let words = spaced.split(whereSeparator: \.isWhitespace).map(String.init)
        if words.isEmpty { return .rounds }
        if words[0] == "p" {
            guard words.count == 3, let number = number(words[2...]), number.unit == .one,
                (0...1).contains(number.value)
            else { return nil }
            switch words[1] {
            case "<": return .pBelow(number.value)
            case ">": return .pAbove(number.value)
            default: return nil
            }
        }
        guard words.count >= 2, let number = number(words[1...]) else { return nil }
        switch words[0] {
        case "within":
            guard number.value >= 0 else { return nil }
            return number.unit == .percent ? .withinRelative(number.value) : .within(number.value)
        case ">": return .greater(number.value)
        case "<": return .less(number.value)
        case "≥": return .greaterOrEqual(number.value)
        case "≤": return .lessOrEqual(number.value)
        case "excludes": return .excludes(number.value)
        case "includes": return .includes(number.value)
        default: return nil
        }
    }

    /// A number that the words are wholly, with its unit if it has one.
    private static func number(_ words: ArraySlice<String>) -> WrittenNumber? {
        let text = words.joined(separator: " ")
        let found = WrittenNumber.all(in: text)
        guard found.count == 1, let first = found.first, first.range.lowerBound == 0 else { return nil }
        let rest = text.utf8.dropFirst(first.range.upperBound)
        let tail = String(decoding: rest, as: UTF8.self).trimmingPrefix { $0 == " " }
        return ["", "%", "pp"].contains(String(tail)) ? first.number : nil
    }
}
