package import Markup

/// The wide and the narrow drawing of a figure as one, whose points stand in it once; nil where they differ in more than
/// their scale.
///
/// What is around the points stands twice, shown by the page's width. In a narrow page the points are moved and scaled
/// to where the narrow drawing has them, by the rules that come with the drawing, and their lines and texts keep their
/// sizes. `name` is a class of its own in the page.
package func sharedDrawing(
    wide: MarkupNode, narrow: MarkupNode, name: String
) -> (node: MarkupNode, rules: String)? {
    guard case .element(var svg) = wide, case .element(let other) = narrow,
        let size = svg.size, let narrowSize = other.size, svg.saysTheSame(as: other),
        let parts = DrawingParts(svg), let narrowParts = DrawingParts(other),
        let fit = Fit(from: parts.points, to: narrowParts.points)
    else { return nil }
    let scale = Double(size.x) / Double(narrowSize.x)
    func both(_ piece: KeyPath<DrawingParts, [Piece]>) -> [MarkupNode] {
        [
            .tag("g", ["class": "wide-only"], parts[keyPath: piece].map(\.node)),
            .tag(
                "g", ["class": "narrow-only", "transform": "scale(\(decimal(scale)))"],
                narrowParts[keyPath: piece].map(\.node)),
        ]
    }
    var points = parts.points
    points.cssClass = joinedClasses(points.cssClass, "shared")
    svg.children =
        Array(svg.children.prefix(2)) + both(\.before) + [Piece.group(points).node] + both(\.after)
    // A narrow page's box is higher than this one's view, or lower; the width decides in either.
    let isHigher = narrowSize.y * size.x >= size.y * narrowSize.x
    svg.attributes.removeAll { $0.name == "xmlns" }
    svg.attributes.append(.init("preserveAspectRatio", isHigher ? "xMinYMin" : "xMinYMin slice"))
    svg.attributes = svg.attributes.map {
        $0.name == "class" ? .init("class", $0.value + " " + name) : $0
    }
    let origin = parts.points.origin
    let left = scale * (fit.x.scale * Double(origin.x) + fit.x.shift) / 100
    let top = scale * (fit.y.scale * Double(origin.y) + fit.y.shift) / 100
    let matrix = [scale * fit.x.scale, 0, 0, scale * fit.y.scale, left, top].map(decimal).joined(separator: ",")
    let sizes = 1 / fit.x.scale
    let radius = parts.points.radiusInTenths.map { ";--w:\(decimal(Double($0) / 5 * sizes))px" } ?? ""
    let rules = """
        @media screen and (max-width:\(FigureStyle.narrowWidth)){\
        .plot.\(name){aspect-ratio:\(tenthsText(inTenths(narrowSize.x)))/\(tenthsText(inTenths(narrowSize.y)))}\
        .plot.\(name) .shared{transform:matrix(\(matrix));stroke-width:\(decimal(sizes))px\(radius)}\
        .plot.\(name) .shared text:not([class]){font-size:\(decimal(11.5 * sizes))px;stroke-width:\(decimal(4 * sizes))px}}

        """
    return (.element(svg), rules)
}

/// Thousandths at the most.
private func decimal(_ x: Double) -> String {
    let thousandths = Int((x * 1000).rounded())
    let text = String(thousandths.magnitude % 1000)
    let rest = String(repeating: "0", count: 3 - text.count) + text
    let decimals = String(rest.reversed().drop { $0 == "0" }.reversed())
    return (thousandths < 0 ? "-" : "") + String(thousandths.magnitude / 1000)
        + (decimals.isEmpty ? "" : "." + decimals)
}

/// What stands before the points of a drawing of one panel, the points, and what stands after.
private struct DrawingParts {
    var before: [Piece]
    var points: Piece.Group
    var after: [Piece]

    init?(_ svg: MarkupNode.Element) {
        let pieces = tidied(Piece.read(Array(svg.children.dropFirst(2))))
        let panels = pieces.indices.filter { pieces[$0].asGroup?.cssClass == "panel" }
        guard panels.count == 1, let panel = pieces[panels[0]].asGroup else { return nil }
        let found = panel.pieces.indices.filter { panel.pieces[$0].points != nil }
        guard found.count == 1, let points = panel.pieces[found[0]].points, points.pieces.count > 20 else { return nil }
        before = Array(pieces[..<panels[0]]) + panel.pieces[..<found[0]]
        after = Array(panel.pieces[(found[0] + 1)...]) + pieces[(panels[0] + 1)...]
        self.points = points
    }
}

/// How one drawing's points become another's: x and y each scaled and shifted, by about the same scale.
private struct Fit {
    struct Axis {
        var scale: Double
        var shift: Double
    }

    var x: Axis
    var y: Axis

    init?(from group: Piece.Group, to other: Piece.Group) {
        guard group.cssClass == other.cssClass, group.labels == other.labels,
            let places = group.fixedPlaces, let others = other.fixedPlaces, places.count == others.count,
            let x = Fit.axis(places.map(\.x), others.map(\.x)), let y = Fit.axis(places.map(\.y), others.map(\.y)),
            (x.scale / y.scale - 1).magnitude < 0.02
        else { return nil }
        self.x = x
        self.y = y
    }

    /// nil where a place would lie more than a tenth and a bit from where it should.
    private static func axis(_ from: [Int], _ to: [Int]) -> Axis? {
        guard let low = from.indices.min(by: { from[$0] < from[$1] }),
            let high = from.indices.max(by: { from[$0] < from[$1] }), from[high] > from[low]
        else { return nil }
        let scale = Double(to[high] - to[low]) / Double(from[high] - from[low])
        let shift = Double(to[low]) - scale * Double(from[low])
        guard scale > 0, zip(from, to).allSatisfy({ (Double($0) * scale + shift - Double($1)).magnitude < 15 }) else {
            return nil
        }
        return Axis(scale: scale, shift: shift)
    }
}

extension Piece {
    fileprivate var asGroup: Group? { if case .group(let group) = self { group } else { nil } }

    /// The points in a group of their series: with tips, so that they can be reached, and dots of one size, whose size
    /// does not come with their shape.
    fileprivate var points: Group? {
        guard let series = asGroup, series.pieces.count == 1, series.origin == .zero,
            var points = series.pieces[0].asGroup,
            let name = points.cssClass, name.hasPrefix("pts tips"), name.contains(" round "),
            !name.hasSuffix(" thin"), !name.hasSuffix(" hair")
        else { return nil }
        points.cssClass = joinedClasses(series.cssClass, name)
        return points
    }
}

extension Piece.Group {
    fileprivate var radiusInTenths: Int? {
        cssClass?.split(separator: " ").compactMap { $0.first == "r" ? Int($0.dropFirst()) : nil }.last
    }

    /// What is said of each point, and what its tip says.
    fileprivate var labels: [[MarkupNode]] {
        pieces.map { piece in
            guard let point = piece.asGroup else { return [] }
            return [.text(point.label ?? "")]
                + point.pieces.flatMap { if case .words(let words) = $0 { words.children } else { [MarkupNode]() } }
        }
    }

    /// The places of lines and dots in the drawing; arrows at the frame only scale.
    fileprivate var fixedPlaces: [Spot]? {
        var places: [Spot] = []
        for piece in pieces {
            guard let point = piece.asGroup else { return nil }
            for case .shape(let shape) in point.pieces where shape.cssClass != "edge" {
                guard shape.cssClass == nil, case .outline(let outline) = shape.form else { return nil }
                places += outline.runs.flatMap(\.places).map { $0 + origin }
            }
        }
        return places
    }
}

extension MarkupNode.Element {
    /// Of the view box, in hundredths.
    fileprivate var size: Spot? {
        let numbers = attributes.first { $0.name == "viewBox" }?.value.split(separator: " ") ?? []
        guard numbers.count == 4, let x = hundredths(String(numbers[2])), let y = hundredths(String(numbers[3])), x > 0,
            y > 0
        else { return nil }
        return Spot(x: x, y: y)
    }

    /// Whether title and description are the same.
    fileprivate func saysTheSame(as other: MarkupNode.Element) -> Bool {
        func says(_ element: MarkupNode.Element) -> [MarkupNode] {
            element.children.prefix(2).flatMap { child -> [MarkupNode] in
                guard case .element(let said) = child else { return [] }
                return said.children
            }
        }
        return children.count > 2 && other.children.count > 2 && says(self) == says(other)
    }
}
