import Values

/// When a text may stand in YAML without quotes.
enum PlainScalar {
    /// Whether the text, without quotes, is that text to YAML 1.2 and also to the many readers of YAML 1.1, to which `no`
    /// is false and `12:30` a number.
    static func isSafe(_ text: String, inFlow: Bool) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.first, let last = scalars.last, first != " ", last != " ", last != ":" else {
            return false
        }
        guard scalars.allSatisfy(isPrintable), !isIndicator(first, scalars.dropFirst().first) else { return false }
        guard !text.contains(": "), !text.contains(" #"), CoreSchema.scalar(text).value == .string(text) else {
            return false
        }
        if inFlow, scalars.contains(where: { ",[]{}:\"'".unicodeScalars.contains($0) }) { return false }
        return !isOtherwiseRead(text, first, scalars.dropFirst().first)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
        default: true
        }
    }

    /// Whether a text that begins so would be something else: a collection, a comment, a tag, a list's item.
    private static func isIndicator(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) -> Bool {
        switch first {
        case ",", "[", "]", "{", "}", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "=", "<", "~", "?", ":":
            true
        case "-": !(second?.properties.isAlphabetic ?? false)
        default: false
        }
    }

    /// Words and numbers of YAML 1.1; whatever might be a number, a date or a time is taken for one.
    private static func isOtherwiseRead(
        _ text: String, _ first: Unicode.Scalar, _ second: Unicode.Scalar?
    ) -> Bool {
        func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { ("0"..."9").contains($0) } ?? false }
        if isDigit(first) || first == "." || (first == "+" || first == "-") && (isDigit(second) || second == ".") {
            return true
        }
        return ["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(text.lowercased())
    }
}
