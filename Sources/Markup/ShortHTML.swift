/// What a page has most of: the cells and rows of tables, entries of lists of terms, and values.
private let frequentElements: Set<String> = ["data", "dd", "dt", "td", "th", "tr"]

extension MarkupNode {
    /// The node as HTML in which the most frequent elements lack the quotes and end tags that HTML lets be left out.
    package var shortHTML: String {
        var out = ""
        writeShort(to: &out)
        return out
    }

    private func writeShort(to out: inout String) {
        switch self {
        case .text, .serialised: write(to: &out)
        case .fragment(let nodes): for node in nodes { node.writeShort(to: &out) }
        // Drawings and formulas stay XML, so that they can be taken out of the page.
        case .element(let element) where element.name == "svg" || element.name == "math": write(to: &out)
        case .element(let element):
            let isFrequent = frequentElements.contains(element.name)
            out += "<" + element.name
            for attribute in element.attributes {
                out += " " + attribute.name + "="
                if isFrequent {
                    writeShortValue(attribute.value, to: &out)
                } else {
                    out += "\""
                    escape(attribute.value, inAttribute: true, to: &out)
                    out += "\""
                }
            }
            out += ">"
            guard !isVoid(element.name) else { return }
            for child in element.children { child.writeShort(to: &out) }
            // Only other parts of the table, or of the list, can follow.
            if !isFrequent || element.name == "data" { out += "</" + element.name + ">" }
        }
    }
}

/// The value in the quotes that it needs, if any.
private func writeShortValue(_ value: String, to out: inout String) {
    let needsNone =
        !value.isEmpty
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
