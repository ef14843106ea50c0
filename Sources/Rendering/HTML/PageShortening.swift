import Markup
import Plotting

/// A page in fewer bytes that looks and says the same: drawings in their short form, what two drawings say of themselves
/// once, and what the lineages of values have in common as variables of the style.
struct PageShortening {
    private let lineages: SharedLineages
    private var drawingRules = ""
    private var sharedCount = 0
    private var nameCount = 0

    /// Looks at all parts of a page, to find what they have in common.
    init(_ parts: [MarkupNode]) {
        lineages = SharedLineages(parts)
    }

    /// The rules that the parts shortened so far need.
    var rules: String { lineages.rules + NumberCells.rules + drawingRules }

    /// On a telephone nothing can be pointed at: what cannot be reached either has no name in the narrow drawing.
    mutating func short(_ node: MarkupNode, isNarrow: Bool = false) -> MarkupNode {
        switch node {
        case .text, .serialised: return node
        case .fragment(let nodes): return .fragment(short(nodes, isNarrow: isNarrow))
        case .element(let element) where element.name == "svg":
            return shortened(drawing: node, namesAllPoints: !isNarrow)
        case .element(let element):
            if element.name == "figure", let drawing = sharing(element) { return drawing }
            let isNarrow = isNarrow || element.attributes.contains(.init("class", "narrow-only"))
            var changed = NumberCells.short(lineages.short(element))
            changed.children = short(element.children, isNarrow: isNarrow)
            guard element.name == "figure" else { return .element(changed) }
            var names: [String: String] = [:]
            return .element(withShortNames(sharingDescription(changed), &names))
        }
    }

    /// Whether a node is sure to stay as it is: it has no drawing, no value and no lineage.
    static func leaves(_ node: MarkupNode) -> Bool {
        switch node {
        case .text, .serialised: true
        case .fragment(let nodes): nodes.allSatisfy(leaves)
        case .element(let element):
            switch element.name {
            case "figure", "svg", "data": false
            case "span" where element.attributes.contains { $0.name == "data-source" }: false
            default: element.children.allSatisfy(leaves)
            }
        }
    }

    private mutating func short(_ nodes: [MarkupNode], isNarrow: Bool) -> [MarkupNode] {
        var short: [MarkupNode] = []
        for node in nodes { short.append(self.short(node, isNarrow: isNarrow)) }
        return short
    }

    /// The two drawings of a figure as one, where their points differ in scale alone.
    private mutating func sharing(_ figure: MarkupNode.Element) -> MarkupNode? {
        guard figure.children.count > 1, case .element(let wide) = figure.children[0],
            case .element(let narrow) = figure.children[1], wide.children.count == 1, narrow.children.count == 1,
            wide.attributes == [.init("class", "wide-only")], narrow.attributes == [.init("class", "narrow-only")],
            let (drawing, rules) = sharedDrawing(
                wide: wide.children[0], narrow: narrow.children[0], name: "both\(sharedCount + 1)")
        else { return nil }
        sharedCount += 1
        drawingRules += rules
        var figure = lineages.short(figure)
        figure.children = [drawing] + short(Array(figure.children.dropFirst(2)), isNarrow: false)
        var names: [String: String] = [:]
        return .element(withShortNames(figure, &names))
    }

    /// With short ids of what drawings say of themselves, to which nothing else refers.
    private mutating func withShortNames(
        _ element: MarkupNode.Element, _ names: inout [String: String]
    ) -> MarkupNode.Element {
        var element = element
        for index in element.attributes.indices
        where ["id", "aria-labelledby"].contains(element.attributes[index].name) {
            let ids = element.attributes[index].value.split(separator: " ").map(String.init)
            guard ids.allSatisfy({ $0.hasPrefix("figure:") && ($0.hasSuffix("-title") || $0.hasSuffix("-desc")) })
            else { continue }
            for id in ids where names[id] == nil {
                nameCount += 1
                names[id] = "f:\(nameCount)"
            }
            element.attributes[index].value = ids.compactMap { names[$0] }.joined(separator: " ")
        }
        guard ["figure", "div", "svg"].contains(element.name) else { return element }
        for index in element.children.indices {
            guard case .element(let child) = element.children[index] else { continue }
            element.children[index] = .element(withShortNames(child, &names))
        }
        return element
    }

    /// The second drawing of a figure takes its name and description from the first where they are the same.
    private func sharingDescription(_ figure: MarkupNode.Element) -> MarkupNode.Element {
        var figure = figure
        var first: (labels: String, says: [MarkupNode])?
        for (index, child) in figure.children.enumerated() {
            guard case .element(var box) = child, box.children.count == 1, case .element(var svg) = box.children[0],
                svg.name == "svg", svg.children.count > 2,
                let place = svg.attributes.firstIndex(where: { $0.name == "aria-labelledby" })
            else { continue }
            let says = svg.children.prefix(2).map(PageShortening.content)
            guard let earlier = first else {
                first = (svg.attributes[place].value, says)
                continue
            }
            guard earlier.says == says else { continue }
            svg.attributes[place].value = earlier.labels
            svg.children.removeFirst(2)
            box.children = [.element(svg)]
            figure.children[index] = .element(box)
        }
        return figure
    }

    private static func content(_ node: MarkupNode) -> MarkupNode {
        guard case .element(let element) = node else { return .nothing }
        return .element(.init(element.name, children: element.children))
    }
}
