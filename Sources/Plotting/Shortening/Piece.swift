import Markup

/// An element of a drawing as what it draws.
indirect enum Piece {
    case shape(Shape)
    case words(Words)
    case group(Group)
    /// Anything else, which is left as it is.
    case other(MarkupNode)

    struct Shape {
        enum Form: Hashable {
            case circle(centre: Spot, radius: Int)
            case outline(Outline)
        }

        var form: Form
        var cssClass: String?
        var dash: String?
        /// Lines of one class become one path.
        var isSegment = false
        var title: String?
    }

    struct Words {
        var place: Spot
        var cssClass: String?
        var anchor: String?
        var rotation: String?
        var children: [MarkupNode]
    }

    struct Group {
        var cssClass: String?
        /// A mark that can be pointed at, which says `label`.
        var isPoint = false
        var isReachable = false
        var label: String?
        /// Where what is in it counts from.
        var origin = Spot.zero
        var pieces: [Piece]
    }

    var isOther: Bool { if case .other = self { true } else { false } }
}

extension Piece {
    /// Reads nodes; those without a form of their own stay `other`.
    static func read(_ nodes: [MarkupNode]) -> [Piece] {
        nodes.flatMap { node -> [Piece] in
            switch node {
            case .fragment(let nodes): read(nodes)
            case .element(let element): [read(element) ?? .other(node)]
            case .text, .serialised: node.isEmpty ? [] : [.other(node)]
            }
        }
    }

    private static func read(_ element: MarkupNode.Element) -> Piece? {
        let attributes = element.attributes
        /// The attributes' numbers, where there are no others than these and `more`.
        func numbers(_ names: [String], _ more: [String]) -> [Int]? {
            guard attributes.allSatisfy({ names.contains($0.name) || more.contains($0.name) }) else { return nil }
            let found = names.compactMap { attributes[$0].flatMap(hundredths) }
            return found.count == names.count ? found : nil
        }
        let cssClass = attributes["class"]
        switch element.name {
        case "g": return group(element, attributes)
        case "text": return words(element, attributes)
        case "line" where element.children.isEmpty:
            guard let at = numbers(["x1", "y1", "x2", "y2"], ["class", "stroke-dasharray"]) else { return nil }
            let run = Outline.Run(places: [Spot(x: at[0], y: at[1]), Spot(x: at[2], y: at[3])])
            return .shape(
                Shape(
                    form: .outline(Outline([run])), cssClass: cssClass, dash: attributes["stroke-dasharray"],
                    isSegment: true))
        case "rect" where element.children.isEmpty:
            guard let at = numbers(["x", "y", "width", "height"], ["class"]) else { return nil }
            let (right, bottom) = (at[0] + at[2], at[1] + at[3])
            let places = [
                Spot(x: at[0], y: at[1]), Spot(x: right, y: at[1]), Spot(x: right, y: bottom),
                Spot(x: at[0], y: bottom),
            ]
            return .shape(
                Shape(form: .outline(Outline([.init(places: places, isClosed: true)])), cssClass: cssClass))
        case "circle" where element.children.isEmpty:
            guard let at = numbers(["cx", "cy", "r"], ["class"]) else { return nil }
            return .shape(Shape(form: .circle(centre: Spot(x: at[0], y: at[1]), radius: at[2]), cssClass: cssClass))
        case "path" where element.children.isEmpty:
            guard numbers([], ["d", "class", "stroke-dasharray"]) != nil,
                let outline = attributes["d"].flatMap(Outline.init)
            else { return nil }
            return .shape(Shape(form: .outline(outline), cssClass: cssClass, dash: attributes["stroke-dasharray"]))
        default: return nil
        }
    }

    private static func words(_ element: MarkupNode.Element, _ attributes: [MarkupNode.Attribute]) -> Piece? {
        guard attributes.allSatisfy({ ["x", "y", "class", "text-anchor", "transform"].contains($0.name) }) else {
            return nil
        }
        var words = Words(
            place: .zero, cssClass: attributes["class"], anchor: attributes["text-anchor"], children: element.children)
        if let transform = attributes["transform"] {
            let parts = transform.split(separator: ")")
            guard !parts.isEmpty else { return nil }
            let numbers = parts[0].drop { $0 != "(" }.dropFirst().split(separator: " ").compactMap {
                hundredths(String($0))
            }
            guard attributes["x"] == nil, attributes["y"] == nil, parts[0].hasPrefix("translate("),
                numbers.count == 2, parts.count <= 2
            else { return nil }
            words.place = Spot(x: numbers[0], y: numbers[1])
            words.rotation = parts.count == 2 ? parts[1].drop { $0 == " " } + ")" : nil
        } else {
            guard let x = attributes["x"].flatMap(hundredths), let y = attributes["y"].flatMap(hundredths) else {
                return nil
            }
            words.place = Spot(x: x, y: y)
        }
        return .words(words)
    }

    private static func group(_ element: MarkupNode.Element, _ attributes: [MarkupNode.Attribute]) -> Piece? {
        guard attributes.allSatisfy({ ["class", "tabindex", "role", "aria-label"].contains($0.name) }) else {
            return nil
        }
        var group = Group(cssClass: attributes["class"], pieces: [])
        var children = element.children
        group.isPoint = group.cssClass == "pt"
        if group.isPoint, case .element(let title)? = children.first, title.name == "title",
            case .text(let label)? = title.children.first
        {
            group.label = label
            children.removeFirst()
        }
        group.isReachable = attributes["tabindex"] == "0"
        if attributes["role"] != nil || attributes["aria-label"] != nil {
            guard group.isReachable, attributes["role"] == "img", attributes["aria-label"] == group.label else {
                return nil
            }
        }
        group.pieces = read(children)
        return .group(group)
    }
}

extension [MarkupNode.Attribute] {
    /// The value of the attribute of that name; elements have so few that looking at each is quickest.
    fileprivate subscript(name: String) -> String? { first { $0.name == name }?.value }
}
