import Markup
import Results

extension PanelDrawing {
    /// A density with a soft fill; its interval and median stand in a strip of their own below the axis, so that
    /// overlapping densities can be compared.
    func density(
        _ xs: [Double], _ ys: [Double], _ median: Double?, _ interval: ClosedRange<Double>?,
        _ inner: ClosedRange<Double>?, _ series: FigureModel.Series, strip: Int
    ) -> MarkupNode {
        let curve = zip(xs, ys).map { Place(x: layout.x.position($0), y: layout.y.position($1)) }
        guard let first = curve.first, let last = curve.last else { return .nothing }
        let above = Frame(left: frame.left, top: frame.top, right: frame.right, bottom: layout.baseline)
        let feet = [Place(x: last.x, y: layout.baseline), Place(x: first.x, y: layout.baseline)]
        let area = above.clip(polygon: curve + feet)
        var parts: [MarkupNode] = []
        if area.count > 2 {
            parts.append(.tag("path", ["d": pathData([area], isClosed: true), "class": "area soft"]))
        }
        parts.append(
            .tag(
                "path",
                [
                    "d": pathData(above.clip(polyline: curve)), "class": "stroke",
                    "stroke-dasharray": style(series).dash,
                ]))
        let y = layout.baseline + (Double(strip) + 0.5) * PanelLayout.stripHeight + 4
        if let interval {
            parts += barX(interval.lowerBound, interval.upperBound, y: y, inner == nil ? "medium" : "thin")
        }
        if let inner { parts += barX(inner.lowerBound, inner.upperBound, y: y, "thick") }
        if let median, layout.x.contains(median) {
            parts.append(
                style(series).symbol.node(at: Place(x: layout.x.position(median), y: y), radius: 3.6, class: "solid"))
        }
        return group(series, parts)
    }
}
