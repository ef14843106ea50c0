import Markup
import Results

extension PanelDrawing {
    /// A density above its row, and under it the median with the 66% and 95% intervals.
    func halfEye(
        _ row: Int, _ xs: [Double], _ ys: [Double], _ median: Double?, _ interval: ClosedRange<Double>?,
        _ inner: ClosedRange<Double>?, _ series: FigureModel.Series
    ) -> MarkupNode {
        let foot = layout.y.position(Double(row)) + RowLayout.eyeFoot
        // The tallest density of the panel has the whole height, so that areas can be compared.
        let peak = panel.marks.reduce(0) { peak, mark in
            if case .halfEye(_, _, let ys, _, _, _, _) = mark { max(peak, ys.max() ?? 0) } else { peak }
        }
        guard peak > 0, xs.count > 1 else { return .nothing }
        let curve = zip(xs, ys).map {
            Place(x: layout.x.position($0), y: foot - max(0, $1) / peak * RowLayout.eyeHeight)
        }
        var parts: [MarkupNode] = []
        let feet = [Place(x: curve[curve.count - 1].x, y: foot), Place(x: curve[0].x, y: foot)]
        let area = frame.clip(polygon: curve + feet)
        if area.count > 2 {
            parts.append(.tag("path", ["d": pathData([area], isClosed: true), "class": "area eye"]))
        }
        let y = foot + 5
        if let interval { parts += barX(interval.lowerBound, interval.upperBound, y: y, "thin") }
        if let inner { parts += barX(inner.lowerBound, inner.upperBound, y: y, "thick") }
        if let median, layout.x.contains(median) {
            parts.append(
                style(series).symbol.node(at: Place(x: layout.x.position(median), y: y), radius: 3.6, class: "solid"))
        }
        return group(series, [labelled(eyeLabel(row, median, interval), parts)])
    }

    private func eyeLabel(_ row: Int, _ median: Double?, _ interval: ClosedRange<Double>?) -> String {
        let categories = panel.y.categories
        guard row < categories.count else { return "" }
        let annotations = categories[row].annotations.filter { !$0.isEmpty }
        return ([categories[row].label] + annotations).joined(separator: ": ")
    }
}
