import Markup
import Results

extension PanelDrawing {
    /// Points with their intervals both ways; intervals stay behind all points.
    func points(_ points: [FigureModel.Point], _ series: FigureModel.Series) -> MarkupNode {
        let symbol = style(series).symbol
        let radius = points.count > 400 ? 2.2 : points.count > 150 ? 2.7 : 3.3
        return group(series, points.map { point($0, symbol, radius) })
    }

    private func point(_ point: FigureModel.Point, _ symbol: Symbol, _ radius: Double) -> MarkupNode {
        let place = Place(x: layout.x.clamped(point.x), y: layout.y.clamped(point.y))
        if let (dx, dy) = outside(point.x, point.y) {
            return labelled(point.label, [edgeArrow(at: place, dx: dx, dy: dy)])
        }
        var parts: [MarkupNode] = []
        if let interval = point.xInterval {
            let a = Place(x: layout.x.clamped(interval.lowerBound), y: place.y)
            let b = Place(x: layout.x.clamped(interval.upperBound), y: place.y)
            parts.append(segment(a, b, "bar"))
        }
        if let interval = point.yInterval {
            let a = Place(x: place.x, y: layout.y.clamped(interval.lowerBound))
            let b = Place(x: place.x, y: layout.y.clamped(interval.upperBound))
            parts.append(segment(a, b, "bar"))
        }
        parts.append(symbol.node(at: place, radius: radius, class: "dot"))
        return labelled(point.label, parts)
    }

    /// A mark that tells what it is when pointed at, and in a page when reached by keyboard: then its label stands at
    /// the top of the frame.
    func labelled(_ label: String, _ parts: [MarkupNode]) -> MarkupNode {
        guard !label.isEmpty else { return .tag("g", ["class": "pt"], parts) }
        let title: MarkupNode = .tag("title", text: label)
        guard reachesPoints else { return .tag("g", ["class": "pt"], [title] + parts) }
        // A heat map may be narrower than what is said of its cells.
        let isHeatMap = layout.cells != nil
        let tip = text(
            shortened(label, to: isHeatMap ? layout.slot.width : frame.width, size: TextSize.tick),
            isHeatMap ? layout.slot.left : frame.right, layout.yTitleBaseline, "tip", anchor: isHeatMap ? nil : "end")
        return .tag(
            "g", ["class": "pt", "tabindex": "0", "role": "img", "aria-label": label], [title] + parts + [tip])
    }
}
