import Markup
import Results

extension PanelDrawing {
    /// A small arrow at the frame that points at something beyond it.
    func edgeArrow(at place: Place, dx: Double, dy: Double) -> MarkupNode {
        let size = 4.5
        let tip = Place(x: place.x + dx * size, y: place.y + dy * size)
        let corners = [
            tip, Place(x: place.x - dx * 2 - dy * 3.6, y: place.y - dy * 2 + dx * 3.6),
            Place(x: place.x - dx * 2 + dy * 3.6, y: place.y - dy * 2 - dx * 3.6),
        ]
        return .tag("path", ["d": pathData([corners], isClosed: true), "class": "edge"])
    }

    /// The direction in which a point lies outside the domain; nil where it lies inside.
    func outside(_ x: Double, _ y: Double) -> (dx: Double, dy: Double)? {
        if x > layout.x.domain.upperBound { return (1, 0) }
        if x < layout.x.domain.lowerBound { return (-1, 0) }
        let up: Double = panel.y.isReversed ? 1 : -1
        if y > layout.y.domain.upperBound { return (0, up) }
        if y < layout.y.domain.lowerBound { return (0, -up) }
        return nil
    }

    /// A horizontal bar from `lower` to `upper`, cut at the frame, with an arrow at an end that was cut.
    func barX(_ lower: Double, _ upper: Double, y: Double, _ cssClass: String) -> [MarkupNode] {
        guard upper >= layout.x.domain.lowerBound, lower <= layout.x.domain.upperBound else { return [] }
        let a = Place(x: layout.x.clamped(lower), y: y)
        let b = Place(x: layout.x.clamped(upper), y: y)
        var nodes = [segment(a, b, cssClass)]
        if lower < layout.x.domain.lowerBound { nodes.append(edgeArrow(at: a, dx: -1, dy: 0)) }
        if upper > layout.x.domain.upperBound { nodes.append(edgeArrow(at: b, dx: 1, dy: 0)) }
        return nodes
    }
}
