extension MarkupNode {
    /// The text of the node: good as HTML, and, where all elements are SVG's, as XML.
    package var serialised: String {
        var out = ""
        write(to: &out)
        return out
    }

    func write(to out: inout String) {
        switch self {
        case .text(let text): escape(text, inAttribute: false, to: &out)
        case .serialised(let markup): out += markup
        case .fragment(let nodes): for node in nodes { node.write(to: &out) }
        case .element(let element):
            out += "<" + element.name
            for attribute in element.attributes {
                out += " " + attribute.name + "=\""
                escape(attribute.value, inAttribute: true, to: &out)
                out += "\""
            }
            if isVoid(element.name) {
                out += ">"
            } else if element.children.isEmpty, isShape(element.name) {
                out += "/>"
            } else {
                out += ">"
                for child in element.children { child.write(to: &out) }
                out += "</" + element.name + ">"
            }
        }
    }
}

/// HTML's elements without an end tag.
func isVoid(_ name: String) -> Bool {
    switch name {
    case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr": true
    default: false
    }
}

/// SVG's shapes, closed in place where they hold nothing.
private func isShape(_ name: String) -> Bool {
    switch name {
    case "circle", "line", "path", "polygon", "polyline", "rect": true
    default: false
    }
}
