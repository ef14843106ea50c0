import Markup

/// The lines of lineages that several values share, as variables of the style; a value keeps its own line and a class.
///
/// A lineage is the directive, the value's path with its full precision, its inputs and their digests; all but the path
/// are the same for all values of a directive. A number stands in the element's `value` already.
struct SharedLineages {
    private struct Shared: Hashable {
        var before: String
        var after: String
    }

    private var classes: [Shared: String] = [:]
    /// In the order of the page.
    private var ordered: [Shared] = []

    init(_ parts: [MarkupNode]) {
        var counts: [Shared: Int] = [:]
        var found: [Shared] = []
        func visit(_ node: MarkupNode) {
            switch node {
            case .text, .serialised: break
            case .fragment(let nodes): for node in nodes { visit(node) }
            case .element(let element):
                if let (shared, _) = SharedLineages.lineage(of: element) {
                    if counts[shared] == nil { found.append(shared) }
                    counts[shared, default: 0] += 1
                }
                if element.name != "svg" { for child in element.children { visit(child) } }
            }
        }
        for part in parts { visit(part) }
        ordered = found.filter { (counts[$0] ?? 0) > 1 }
        for (index, shared) in ordered.enumerated() { classes[shared] = "s\(index + 1)" }
    }

    var rules: String {
        guard !ordered.isEmpty else { return "" }
        // What directives read is mostly the same for several, too.
        var sources: [String] = []
        let rules = ordered.map { shared -> String in
            let lines = shared.after.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            var after = lines.first.map { $0.isEmpty ? "" : cssString("\n" + $0) } ?? ""
            if lines.count > 1 {
                let index = sources.firstIndex(of: String(lines[1])) ?? sources.count
                if index == sources.count { sources.append(String(lines[1])) }
                after += " var(--d\(index + 1))"
            }
            return ".\(classes[shared] ?? ""){--before:\(cssString(shared.before + "\n"));"
                + "--after:\(after.isEmpty ? cssString("") : after)}\n"
        }
        let read = sources.enumerated().map { "--d\($0 + 1):\(cssString("\n" + $1))" }.joined(separator: ";")
        return SharedLineages.contentRules + (read.isEmpty ? "" : ":root{\(read)}\n") + rules.joined()
    }

    /// Behind the theme, whose own content for what is told on hover and focus is the whole lineage.
    private static let contentRules = """
        .value:is(:hover,:focus-visible)::after{content:var(--before,"") attr(data-source) var(--after,"")}
        .value[data-p]:is(:hover,:focus-visible)::after{content:var(--before,"") attr(data-p) " = " attr(value) \
        var(--after,"")}

        """

    /// The element with a class for what its lineage shares.
    func short(_ element: MarkupNode.Element) -> MarkupNode.Element {
        guard let (shared, own) = SharedLineages.lineage(of: element), let name = classes[shared] else {
            return element
        }
        let number = element.attributes.first { $0.name == "value" }?.value
        var element = element
        element.attributes = element.attributes.map { attribute in
            switch attribute.name {
            case "class": return .init("class", attribute.value + " " + name)
            case "data-source":
                let end = " = " + (number ?? "")
                guard number != nil, own.utf8.suffix(end.utf8.count).elementsEqual(end.utf8) else {
                    return .init("data-source", own)
                }
                return .init("data-p", String(Substring(own.utf8.dropLast(end.utf8.count))))
            default: return attribute
            }
        }
        return element
    }

    /// What the lineage of a value shares with others, and its own line.
    private static func lineage(of element: MarkupNode.Element) -> (Shared, own: String)? {
        guard element.name == "data" || element.name == "span",
            element.attributes.contains(where: { $0.name == "class" && $0.value == "value" }),
            let text = element.attributes.first(where: { $0.name == "data-source" })?.value
        else { return nil }
        let end = UInt8(ascii: "\n")
        guard let first = text.utf8.firstIndex(of: end) else { return nil }
        let rest = text[text.utf8.index(after: first)...]
        let second = rest.utf8.firstIndex(of: end)
        let after = second.map { String(rest[rest.utf8.index(after: $0)...]) } ?? ""
        return (Shared(before: String(text[..<first]), after: after), String(rest[..<(second ?? rest.endIndex)]))
    }

    /// The text as a string of CSS that cannot end its `style` element.
    private func cssString(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": out += "\\A "
            case "\"", "\\", "<": out += "\\" + String(scalar.value, radix: 16) + " "
            default: if isPrintable(scalar) { out.unicodeScalars.append(scalar) }
            }
        }
        return out + "\""
    }
}
