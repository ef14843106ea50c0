import Markup

/// An element of KaTeX's, and what a page gets for it.
struct MathMLElement {
    let name: String
    private let attributes: [MarkupNode.Attribute]
    private let children: [MarkupNode]

    init(_ name: String, _ attributes: [MarkupNode.Attribute], _ children: [MarkupNode]) {
        self.name = name
        self.attributes = attributes
        self.children = children
    }

    private static let names: Set<String> = [
        "span", "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "msub", "msup", "msubsup", "munder", "mover",
        "munderover", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom", "menclose",
    ]

    private static let kept: Set<String> = [
        "display", "accent", "accentunder", "stretchy", "fence", "separator", "symmetric", "largeop", "movablelimits",
        "form", "minsize", "maxsize", "lspace", "rspace", "width", "height", "depth", "voffset", "linethickness",
        "scriptlevel", "displaystyle", "mathcolor", "mathbackground", "notation",
    ]

    /// Whether KaTeX set a command that it does not trust as red text.
    var isRefused: Bool { self["mathcolor"] == KaTeX.refusedColour }

    /// The text of it and of all in it.
    var text: String { children.map(MathMLElement.text).joined() }

    private static func text(_ node: MarkupNode) -> String {
        switch node {
        case .text(let text): text
        case .element(let element): element.children.map(text).joined()
        case .fragment(let nodes): nodes.map(text).joined()
        case .serialised: ""
        }
    }

    private subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// What a page gets; nil for what may not stand in one.
    var node: MarkupNode? {
        switch name {
        // The TeX beside the formula is `alttext` of the whole.
        case "semantics": return children.first
        case "annotation": return .nothing
        case "mtable": return table
        default: break
        }
        guard MathMLElement.names.contains(name) else { return nil }
        var written = attributes.filter { attribute in
            MathMLElement.kept.contains(attribute.name) && attribute.value.utf8.allSatisfy(MathMLElement.isPlain)
        }
        var content = children
        if let variant = self["mathvariant"] {
            if variant == "normal", name == "mi", text.unicodeScalars.count == 1 {
                written.append(.init("mathvariant", "normal"))
            } else if let alphabet = MathAlphabet(rawValue: variant) {
                content = children.map { child in
                    if case .text(let text) = child { .text(alphabet.text(text)) } else { child }
                }
            }
        }
        return .element(.init(name, attributes: written, children: content))
    }

    /// MathML Core has neither alignment nor rules of columns: cells carry classes for the style sheet.
    private var table: MarkupNode {
        let alignments = words("columnalign")
        let gaps = words("columnspacing")
        let columns = words("columnlines")
        let lines = words("rowlines")
        let rows = children.enumerated().map { row, child -> MarkupNode in
            guard case .element(var element) = child else { return child }
            element.children = element.children.enumerated().map { column, cell in
                guard case .element(var cell) = cell else { return cell }
                var classes: [String] = []
                if let side = alignments.at(column), ["left", "right"].contains(side) { classes.append(side) }
                if column > 0, gaps.at(column - 1) == "0em" { classes.append("joined") }
                if columns.at(column).map({ $0 != "none" }) ?? false, column + 1 < element.children.count {
                    classes.append("ruled")
                }
                if row < lines.count, lines[row] != "none" { classes.append("underlined") }
                if !classes.isEmpty { cell.attributes.append(.init("class", classes.joined(separator: " "))) }
                return .element(cell)
            }
            return .element(element)
        }
        return .element(.init("mtable", children: rows))
    }

    private func words(_ name: String) -> [String] { self[name]?.split(separator: " ").map(String.init) ?? [] }

    /// What lengths, colours and words are made of.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || [UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "-"), UInt8(ascii: "+")]
                .contains(byte)
            || byte == UInt8(ascii: " ")
    }
}

extension [String] {
    /// The word for a column; the last one stands for all behind it.
    fileprivate func at(_ index: Int) -> String? { index < count ? self[index] : last }
}
