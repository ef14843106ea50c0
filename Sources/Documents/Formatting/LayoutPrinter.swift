/// Prints a layout: two spaces a level, one blank line at most between items.
struct LayoutPrinter {
    /// The lines of a whole body, without line ends.
    static func lines(of root: YAMLLayout.Value) -> [String] {
        guard case .block(let collection) = root else { return value(root, at: 0) }
        let printed = self.collection(collection, at: 0)
        return printed.top + printed.lines
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    // MARK: Blocks

    /// A collection whose keys or hyphens stand at `column`: the comments above its first item, and the rest.
    private static func collection(
        _ collection: YAMLLayout.Collection, at column: Int
    ) -> (top: [String], lines: [String]) {
        var top: [String] = []
        var lines: [String] = []
        for (index, item) in collection.items.enumerated() {
            var printed = index == 0 ? trivia(withoutBlankStart(item.before), at: column) : []
            if index > 0 { append(item.before, at: column, to: &lines) }
            let own = self.item(item, at: column)
            printed += own.top
            if index == 0 { top = printed } else { lines += printed }
            lines += own.lines
        }
        append(withoutBlankEnd(collection.end), at: column, to: &lines)
        return (top, lines)
    }

    /// An item with what must stand above it.
    private static func item(_ item: YAMLLayout.Item, at column: Int) -> (top: [String], lines: [String]) {
        var top: [String] = []
        var lines: [String]
        let margin = spaces(column)
        switch (item.key, item.value) {
        case (let key?, .block(let inner)):
            let printed = collection(inner, at: column + 2)
            lines = [margin + key + ":" + comment(item.head)] + printed.top + printed.lines
        case (let key?, let value):
            let own = self.value(value, at: column)
            lines = [margin + key + ":" + (own[0].isEmpty ? "" : " " + own[0])] + own.dropFirst()
        case (nil, .block(let inner)):
            // The first line of what is in the item stands behind its hyphen, so that comments on it stand above.
            let printed = collection(inner, at: column + 2)
            top = item.head.map { [margin + $0] } ?? []
            top += printed.top.filter { !$0.isEmpty }.map { margin + $0.dropFirst(column + 2) }
            lines = printed.lines
            lines[0] = margin + "- " + lines[0].dropFirst(column + 2)
        case (nil, let value):
            var isFlow: Bool { if case .flow = value { true } else { false } }
            let own = self.value(value, at: isFlow ? column + 2 : column)
            lines = [margin + "-" + (own[0].isEmpty ? "" : " " + own[0])] + own.dropFirst()
        }
        if let after = item.after { lines[lines.count - 1] += comment(after) }
        return (top, lines)
    }

    private static func comment(_ text: String?) -> String { text.map { "  " + $0 } ?? "" }

    // MARK: Comments and blank lines

    private static func trivia(_ lines: [YAMLLayout.Line], at column: Int) -> [String] {
        var out: [String] = []
        append(lines, at: column, to: &out)
        return out
    }

    private static func append(_ lines: [YAMLLayout.Line], at column: Int, to out: inout [String]) {
        for line in lines {
            switch line {
            case .comment(let text, _): out.append(spaces(column) + text)
            case .blank: if out.last?.isEmpty != true { out.append("") }
            }
        }
    }

    private static func withoutBlankStart(_ lines: [YAMLLayout.Line]) -> [YAMLLayout.Line] {
        Array(lines.drop { $0 == .blank })
    }

    private static func withoutBlankEnd(_ lines: [YAMLLayout.Line]) -> [YAMLLayout.Line] {
        Array(lines.reversed().drop { $0 == .blank }.reversed())
    }

    // MARK: Values

    /// The first line of a value as it stands behind its key, and whole lines.
    ///
    /// - Parameter column: Of the key or hyphen; for brackets behind a hyphen their own.
    private static func value(_ value: YAMLLayout.Value, at column: Int) -> [String] {
        switch value {
        case .scalar(let scalar):
            return [scalar.first + comment(scalar.comment)]
                + scalar.rest.map { $0.isEmpty ? "" : spaces(column + 2) + $0 }
        case .flow(let flow): return text(flow, at: column).split(separator: "\n").map(String.init)
        case .verbatim(let verbatim):
            let shift = column - verbatim.column
            return [verbatim.lines[0]]
                + verbatim.lines.dropFirst().map { line in
                    // White space behind may be escaped.
                    let rest = line.drop { $0 == " " || $0 == "\t" }
                    return rest.isEmpty ? "" : spaces(max(0, line.prefix { $0 == " " }.count + shift)) + rest
                }
        case .block: return []
        }
    }

    /// Brackets with their items, broken where they were broken.
    private static func text(_ flow: YAMLLayout.Flow, at column: Int) -> String {
        let isBroken = flow.breaks.contains(true)
        let inner = isBroken ? column + 2 : column
        var text = ""
        for (index, item) in flow.items.enumerated() {
            let isNewLine = flow.breaks[index] && flow.hasBrackets
            if index > 0 { text += isNewLine ? "," : ", " }
            if isNewLine { text += "\n" + spaces(inner) }
            let value = self.inline(item.value, at: inner)
            if let key = item.key {
                // A colon right before a bracket or a comma would belong to the key.
                text += key + (item.hasColon ? ": " : value.isEmpty ? "" : " ")
            }
            text += value
        }
        guard flow.hasBrackets else { return text }
        if flow.breaks.last == true, !flow.items.isEmpty { text += "\n" + spaces(column) }
        return (flow.isMapping ? "{" : "[") + text + (flow.isMapping ? "}" : "]")
    }

    private static func inline(_ value: YAMLLayout.Value, at column: Int) -> String {
        switch value {
        case .scalar(let scalar): scalar.first
        case .flow(let flow): text(flow, at: column)
        case .block, .verbatim: ""
        }
    }
}
