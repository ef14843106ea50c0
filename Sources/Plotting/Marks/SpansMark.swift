import Markup
import Results

extension PanelDrawing {
    /// Intervals at their places: 95% thin, 66% thick, the symbol at the estimate.
    func spans(
        _ spans: [FigureModel.Span], _ direction: FigureModel.Direction, _ series: FigureModel.Series, offset: Double
    ) -> MarkupNode {
        let symbol = style(series).symbol
        return group(
            series,
            spans.map { span in
                var parts = bar(span.lower, span.upper, at: span.at, direction, offset, "thin", hasArrows: true)
                if let inner = span.inner {
                    parts += bar(inner.lowerBound, inner.upperBound, at: span.at, direction, offset, "thick")
                }
                if let estimate = span.estimate {
                    let place = place(estimate, at: span.at, direction, offset)
                    let isInside = (direction == .x ? layout.x : layout.y).contains(estimate)
                    if isInside { parts.append(symbol.node(at: place, radius: 3.5, class: "solid")) }
                }
                return labelled(span.label, parts)
            })
    }

    private func place(
        _ value: Double, at: Double, _ direction: FigureModel.Direction, _ offset: Double
    ) -> Place {
        direction == .x
            ? Place(x: layout.x.clamped(value), y: layout.y.position(at) + offset)
            : Place(x: layout.x.position(at) + offset, y: layout.y.clamped(value))
    }

    /// A straight line between two values, cut at the frame.
    private func bar(
        _ lower: Double, _ upper: Double, at: Double, _ direction: FigureModel.Direction, _ offset: Double,
        _ cssClass: String, hasArrows: Bool = false
    ) -> [MarkupNode] {
        let scale: any PositionScale = direction == .x ? layout.x : layout.y
        guard upper >= scale.domain.lowerBound, lower <= scale.domain.upperBound else { return [] }
        let (a, b) = (place(lower, at: at, direction, offset), place(upper, at: at, direction, offset))
        var nodes = [segment(a, b, cssClass)]
        guard hasArrows else { return nodes }
        let up: Double = direction == .y && !panel.y.isReversed ? -1 : 1
        for (isCut, end, sign) in [
            (lower < scale.domain.lowerBound, a, -up), (upper > scale.domain.upperBound, b, up),
        ] where isCut {
            nodes.append(edgeArrow(at: end, dx: direction == .x ? sign : 0, dy: direction == .y ? sign : 0))
        }
        return nodes
    }
}
