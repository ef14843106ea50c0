import Markup
import Results

extension PanelDrawing {
    /// Estimates on rows: 95% thin, 66% thick, the symbol's area the weight.
    func intervals(
        _ intervals: [FigureModel.Interval], _ series: FigureModel.Series, offset: Double
    ) -> MarkupNode {
        group(series, intervals.map { interval($0, style(series).symbol, offset) })
    }

    private func interval(_ interval: FigureModel.Interval, _ symbol: Symbol, _ offset: Double) -> MarkupNode {
        let y = layout.y.position(Double(interval.row)) + offset
        let isThin = layout.rows.map { $0.isThin && !isSummary(interval.row) } ?? false
        var parts = barX(interval.outer.lower, interval.outer.upper, y: y, isThin ? "hair" : "thin")
        if let inner = interval.inner, !isThin {
            // The inner bar's own ends are cut without an arrow: the outer bar's tells enough.
            let lower = layout.x.clamped(inner.lower)
            let upper = layout.x.clamped(inner.upper)
            if upper > lower { parts.append(segment(Place(x: lower, y: y), Place(x: upper, y: y), "thick")) }
        }
        let place = Place(x: layout.x.clamped(interval.estimate), y: y)
        if let (dx, dy) = outside(interval.estimate, 0), dy == 0 {
            parts.append(edgeArrow(at: place, dx: dx, dy: dy))
        } else {
            // √ of the weight makes the area proportional to it; the smallest can still be seen.
            let radius = interval.weight.map { 1.8 + 3.4 * max(0, min(1, $0)).squareRoot() } ?? 3.5
            parts.append(symbol.node(at: place, radius: isThin ? radius * 0.5 : radius, class: "solid"))
        }
        return labelled(interval.label, parts)
    }

    /// Rows from the first diamond on sum up those above and are never thin.
    private func isSummary(_ row: Int) -> Bool {
        panel.marks.contains { if case .diamond(let first, _, _, _, _) = $0 { row >= first } else { false } }
    }
}
