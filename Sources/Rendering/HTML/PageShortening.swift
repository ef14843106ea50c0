import Markup
import Parallelism
import Plotting

/// A page in fewer bytes that looks and says the same: drawings in their short form, what two drawings say of themselves
/// once, and what the lineages of values have in common as variables of the style.
struct PageShortening {
    private let lineages: SharedLineages
    /// The figures of all parts in order, shortened, and the rules that their drawings need.
    private let figures: [(element: MarkupNode.Element, rules: String)]
    private var drawingRules = ""
    private var figureCount = 0
    private var nameCount = 0

    /// Looks at all parts of a page, to find what they have in common, and shortens their figures on all processors.
    init(_ parts: [MarkupNode]) {
        let lineages = SharedLineages(parts)
        self.lineages = lineages
        var found: [MarkupNode.Element] = []
        for part in parts { PageShortening.collect(part, &found) }
        let elements = found
        figures = concurrentMap(elements.count) { index in
            PageShortening.short(figure: elements[index], name: "both\(index + 1)", lineages)
        }
    }

    private static func collect(_ node: MarkupNode, _ figures: inout [MarkupNode.Element]) {
        switch node {
        case .text, .serialised: break
        case .fragment(let nodes): for node in nodes { collect(node, &figures) }
        case .element(let element) where element.name == "figure": figures.append(element)
        case .element(let element): for child in element.children { collect(child, &figures) }
        }
    }

    /// The rules that the parts shortened so far need.
    var rules: String { lineages.rules + NumberCells.rules + drawingRules }

    /// A part that was looked at; parts come in their order.
    mutating func short(_ node: MarkupNode) -> MarkupNode {
        switch node {
        case .text, .serialised: return node
        case .fragment(let nodes): return .fragment(short(nodes))
        case .element(let element) where element.name == "svg": return shortened(drawing: node, namesAllPoints: true)
        case .element(let element) where element.name == "figure":
            let figure = figures[figureCount]
            figureCount += 1
            drawingRules += figure.rules
            var names: [String: String] = [:]
            return .element(withShortNames(figure.element, &names))
        case .element(let element):
            var changed = NumberCells.short(lineages.short(element))
            changed.children = short(element.children)
            return .element(changed)
        }
    }

    private mutating func short(_ nodes: [MarkupNode]) -> [MarkupNode] {
        var short: [MarkupNode] = []
        for node in nodes { short.append(self.short(node)) }
        return short
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

    // MARK: Figures

    private static func short(
        figure: MarkupNode.Element, name: String, _ lineages: SharedLineages
    ) -> (element: MarkupNode.Element, rules: String) {
        if let shared = sharing(figure, name: name, lineages) { return shared }
        var changed = NumberCells.short(lineages.short(figure))
        changed.children = figure.children.map { short(inFigure: $0, isNarrow: false, lineages) }
        return (sharingDescription(changed), "")
    }

    /// On a telephone nothing can be pointed at: what cannot be reached either has no name in the narrow drawing.
    private static func short(
        inFigure node: MarkupNode, isNarrow: Bool, _ lineages: SharedLineages
    ) -> MarkupNode {
        switch node {
        case .text, .serialised: return node
        case .fragment(let nodes): return .fragment(nodes.map { short(inFigure: $0, isNarrow: isNarrow, lineages) })
        case .element(let element) where element.name == "svg":
            return shortened(drawing: node, namesAllPoints: !isNarrow)
        case .element(let element):
            let isNarrow = isNarrow || element.attributes.contains(.init("class", "narrow-only"))
            var changed = NumberCells.short(lineages.short(element))
            let chunks = Chunks(of: element.children.count, size: 64)
            changed.children = concurrentMap(chunks.count) { index in
                chunks[index].map { short(inFigure: element.children[$0], isNarrow: isNarrow, lineages) }
            }.flatMap(\.self)
            return .element(changed)
        }
    }

    /// The two drawings of a figure as one, where their points differ in scale alone.
    private static func sharing(
        _ figure: MarkupNode.Element, name: String, _ lineages: SharedLineages
    ) -> (element: MarkupNode.Element, rules: String)? {
        guard figure.children.count > 1, case .element(let wide) = figure.children[0],
            case .element(let narrow) = figure.children[1], wide.children.count == 1, narrow.children.count == 1,
            wide.attributes == [.init("class", "wide-only")], narrow.attributes == [.init("class", "narrow-only")],
            let (drawing, rules) = sharedDrawing(wide: wide.children[0], narrow: narrow.children[0], name: name)
        else { return nil }
        var element = lineages.short(figure)
        element.children =
            [drawing] + figure.children.dropFirst(2).map { short(inFigure: $0, isNarrow: false, lineages) }
        return (element, rules)
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
    private static func sharingDescription(_ figure: MarkupNode.Element) -> MarkupNode.Element {
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
