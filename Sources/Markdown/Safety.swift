/// What raw HTML and links may do in a report: nothing that runs.
enum Safety {
    /// The scheme of a destination that a report must not carry (`javascript`, `data`, …); nil for a harmless one.
    ///
    /// Browsers ignore white space and control characters in a scheme, so does this.
    static func forbiddenScheme(_ destination: String) -> String? {
        var scheme = ""
        for scalar in destination.unicodeScalars {
            if scalar.value <= 0x20 || scalar.value == 0x7F { continue }
            switch scalar {
            case ":": return ["http", "https", "mailto"].contains(scheme) ? nil : scheme
            case "a"..."z", "0"..."9", "+", "-", ".": scheme.unicodeScalars.append(scalar)
            case "A"..."Z": scheme += String(scalar).lowercased()
            default: return nil
            }
        }
        return nil
    }

    /// Whether raw HTML is comments and white space alone.
    static func isComment(_ html: String) -> Bool {
        var rest = html[...].drop(while: \.isWhitespace)
        guard rest.hasPrefix("<!--") else { return false }
        while rest.hasPrefix("<!--") {
            guard let end = rest.dropFirst(4).firstRange(of: "-->") else { return true }
            rest = rest[end.upperBound...].drop(while: \.isWhitespace)
        }
        return rest.isEmpty
    }

    /// The text of raw HTML that is one comment and nothing else, trimmed; nil for any other.
    static func comment(_ html: String) -> Substring? {
        let trimmed = html.trimmingSpace()
        guard trimmed.hasPrefix("<!--"), trimmed.hasSuffix("-->"), trimmed.count >= 7 else { return nil }
        let inner = trimmed.dropFirst(4).dropLast(3).trimmingSpace()
        return inner.contains("-->") ? nil : inner
    }

    /// Whether a comment says something to a reader of analyses, so that it stays in the tree.
    static func isMark(_ html: String) -> Bool {
        guard let text = comment(html) else { return false }
        return text == "references" || TabMark(rawValue: String(text)) != nil || includePath(html) != nil
    }

    /// The path of `<!-- include: path.md -->`; nil for any other HTML.
    static func includePath(_ html: String) -> String? {
        guard let inner = comment(html), inner.hasPrefix("include:") else { return nil }
        return String(inner.dropFirst("include:".count).trimmingSpace())
    }
}

extension StringProtocol where SubSequence == Substring {
    fileprivate func trimmingSpace() -> Substring {
        var rest = self[...].drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
