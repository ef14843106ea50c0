/// What holds of every page: only elements of ours, and nothing in them that runs or loads.
enum PageProperties {
    /// Holds markup to the rules that need no parser: in what stands between `<` and `>`, quotes apart.
    ///
    /// - Parameter scripts: The page's own, which are left out of account.
    static func expectSound(_ markup: String, scripts: [String] = []) throws(FuzzTarget.Broken) {
        let markup = scripts.reduce(markup) { $0.replacing($1, with: "") }
        for tag in tags(markup) {
            let name = tag.dropFirst(tag.hasPrefix("</") ? 2 : 1).prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            try expect(!forbidden.contains(name.lowercased()), "a page holds \(tag.prefix(200))")
            let outside = outsideQuotes(tag).lowercased()
            for attribute in outside.split(whereSeparator: { $0.isWhitespace || $0 == "/" }).dropFirst() {
                try expect(!attribute.hasPrefix("on"), "an attribute that runs: \(tag.prefix(200))")
            }
            // The data of tables and figures is a file to save.
            let joined = tag.filter { !$0.isWhitespace }.lowercased().replacing("\"data:text/csv", with: "\"")
            for scheme in ["javascript:", "vbscript:", "data:text"] {
                try expect(
                    !joined.contains("=\"" + scheme) && !joined.contains("=" + scheme),
                    "an address that runs: \(tag.prefix(200))")
            }
        }
    }

    /// Every `script` element of a page, whole.
    static func scripts(of markup: String) -> [String] {
        markup.matches(of: /<script[^>]*>(?s:.*?)<\/script>/).map { String($0.0) }
    }

    private static let forbidden: Set<String> = [
        "script", "iframe", "object", "embed", "base", "form", "frame", "frameset", "applet", "noscript",
    ]

    /// Every tag, its quoted attributes whole.
    private static func tags(_ markup: String) -> [String] {
        var found: [String] = []
        let bytes = Array(markup.utf8)
        var index = 0
        while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            var end = open + 1
            guard end < bytes.count, bytes[end] == UInt8(ascii: "/") || (bytes[end] | 0x20) >= 0x61 else {
                index = end
                continue
            }
            var quote: UInt8?
            while end < bytes.count, quote != nil || bytes[end] != UInt8(ascii: ">") {
                if bytes[end] == quote {
                    quote = nil
                } else if quote == nil, bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'") {
                    quote = bytes[end]
                }
                end += 1
            }
            found.append(String(decoding: bytes[open..<end], as: UTF8.self))
            index = min(end + 1, bytes.count)
        }
        return found
    }

    private static func outsideQuotes(_ tag: String) -> String {
        String(
            tag.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 0 }
                .map(\.element).joined(separator: " "))
    }
}
