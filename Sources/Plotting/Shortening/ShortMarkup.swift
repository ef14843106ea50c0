import Markup

extension Piece {
    /// The piece as markup.
    var node: MarkupNode {
        switch self {
        case .shape(let shape): shape.node
        case .words(let words): words.node
        case .group(let group): group.node
        case .other(let node): node
        }
    }
}

extension Piece.Shape {
    fileprivate var node: MarkupNode {
        let children: [MarkupNode] = title.map { [.tag("title", text: $0)] } ?? []
        switch form {
        case .circle(let centre, let radius):
            let at = centre.tenths
            return .tag(
                "circle",
                [
                    "cx": tenthsText(at.x), "cy": tenthsText(at.y),
                    "r": radius > 0 ? tenthsText(inTenths(radius)) : nil,
                    "class": cssClass,
                ], children)
        case .outline(let outline):
            return .tag("path", ["d": outline.data, "class": cssClass, "stroke-dasharray": dash], children)
        }
    }
}

extension Piece.Words {
    fileprivate var node: MarkupNode {
        let at = place.tenths
        let (x, y) = (tenthsText(at.x), tenthsText(at.y))
        let cssClass = joinedClasses(cssClass, anchorClass(anchor))
        guard let rotation else {
            return .tag("text", ["x": x == "0" ? nil : x, "y": y == "0" ? nil : y, "class": cssClass], children)
        }
        return .tag("text", ["transform": "translate(\(x) \(y))\(rotation)", "class": cssClass], children)
    }
}

extension Piece.Group {
    fileprivate var node: MarkupNode {
        let at = origin.tenths
        let place = tenthsText(at.x) + (at.y == 0 ? "" : " " + tenthsText(at.y))
        let move = origin == .zero ? nil : "translate(\(place))"
        let title: [MarkupNode] = label.map { [.tag("title", text: $0)] } ?? []
        // `pts` around them says that they are points.
        if isPoint {
            return .tag(
                "g", ["tabindex": isReachable ? "0" : nil, "role": isReachable ? "img" : nil],
                title + pieces.map(\.node))
        }
        return alone ?? .tag("g", ["transform": move, "class": cssClass], title + pieces.map(\.node))
    }

    /// What stands alone in a group takes the group's class.
    private var alone: MarkupNode? {
        guard pieces.count == 1, origin == .zero, label == nil else { return nil }
        switch pieces[0] {
        case .shape(var shape):
            shape.cssClass = joinedClasses(cssClass, shape.cssClass)
            return shape.node
        case .words(var words):
            words.cssClass = joinedClasses(cssClass, words.cssClass)
            return words.node
        case .group(var group) where group.cssClass?.hasPrefix("pts") == true:
            group.cssClass = joinedClasses(cssClass, group.cssClass)
            return group.node
        case .group, .other: return nil
        }
    }
}
