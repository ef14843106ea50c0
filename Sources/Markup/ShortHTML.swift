/// Places and addresses keep their quotes, so that whoever looks for the links of a page finds them as everywhere.
private let quotedAttributes: Set<String> = ["href", "id", "src"]

/// Elements that end where the next one of their parent begins, or with it: cells and rows of tables, entries of lists.
private let unendedElements: Set<String> = ["dd", "dt", "li", "td", "th", "thead", "tr"]

/// Elements at whose beginning a paragraph ends.
private let paragraphEnds: Set<String> = [
    "blockquote", "details", "div", "dl", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "section",
    "table",
    "ul",
]

extension MarkupNode {
    /// The node as HTML without the quotes, and of the most frequent elements without the end tags, that HTML lets be left
    /// out.
    package var shortHTML: String {
        var out = ""
        MarkupNode.writeShort([self], in: nil, to: &out)
        return out
    }

    /// - Parameter parent: The name of the element whose whole content the nodes are; nil for a part of some other.
    private static func writeShort(_ nodes: [MarkupNode], in parent: String?, to out: inout String) {
        let nodes = flat(nodes)
        for (index, node) in nodes.enumerated() {
            switch node {
            case .text, .serialised, .fragment: node.write(to: &out)
            // Drawings and formulas stay XML, so that they can be taken out of the page.
            case .element(let element) where element.name == "svg" || element.name == "math": node.write(to: &out)
            case .element(let element):
                writeStart(of: element, to: &out)
                guard !isVoid(element.name) else { continue }
                writeShort(element.children, in: element.name, to: &out)
                let isEnded =
                    unendedElements.contains(element.name)
                    || element.name == "p" && endsParagraph(nodes[(index + 1)...], in: parent)
                if !isEnded { out += "</" + element.name + ">" }
            }
        }
    }

    private static func writeStart(of element: Element, to out: inout String) {
        out += "<" + element.name
        for attribute in element.attributes {
            out += " " + attribute.name
            // An attribute without a value has the empty one.
            guard !attribute.value.isEmpty else { continue }
            out += "="
            writeValue(attribute.value, isQuoted: quotedAttributes.contains(attribute.name), to: &out)
        }
        out += ">"
    }

    /// Whether what follows a paragraph ends it: another block, or the end of its parent.
    private static func endsParagraph(_ rest: ArraySlice<MarkupNode>, in parent: String?) -> Bool {
        for node in rest {
            switch node {
            case .element(let element): return paragraphEnds.contains(element.name)
            case .text(let text): if !text.allSatisfy(\.isWhitespace) { return false }
            case .serialised, .fragment: return false
            }
        }
        return parent != nil && parent != "a"
    }

    private static func flat(_ nodes: [MarkupNode]) -> [MarkupNode] {
        guard nodes.contains(where: { if case .fragment = $0 { true } else { false } }) else { return nodes }
        return nodes.flatMap { node in
            if case .fragment(let nodes) = node { flat(nodes) } else { [node] }
        }
    }
}

/// The value in the quotes that it needs, if any.
private func writeValue(_ value: String, isQuoted: Bool, to out: inout String) {
    let needsNone =
        !isQuoted
        && value.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_.:#[]()+,;".utf8.contains(byte)
            }
        }
    if needsNone {
        out += value
    } else if value.utf8.contains(UInt8(ascii: "\"")), !value.utf8.contains(UInt8(ascii: "'")) {
        out += "'"
        for part in value.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            if part.offset > 0 { out += "\"" }
            escape(String(part.element), inAttribute: true, to: &out)
        }
        out += "'"
    } else {
        out += "\""
        escape(value, inAttribute: true, to: &out)
        out += "\""
    }
}
