import Markup
import Results

extension PanelDrawing {
    /// A pooled estimate: as wide as its interval.
    func diamond(
        _ row: Int, _ estimate: Double, _ lower: Double, _ upper: Double, _ series: FigureModel.Series
    ) -> MarkupNode {
        let y = layout.y.position(Double(row))
        let middle = layout.x.clamped(estimate)
        let left = layout.x.clamped(lower)
        let right = layout.x.clamped(upper)
        let corners = [
            Place(x: left, y: y), Place(x: middle, y: y - 6), Place(x: right, y: y), Place(x: middle, y: y + 6),
        ]
        var parts: [MarkupNode] = [.tag("path", ["d": pathData([corners], isClosed: true), "class": "solid"])]
        if lower < layout.x.domain.lowerBound { parts.append(edgeArrow(at: corners[0], dx: -1, dy: 0)) }
        if upper > layout.x.domain.upperBound { parts.append(edgeArrow(at: corners[2], dx: 1, dy: 0)) }
        return group(series, parts)
    }
}
