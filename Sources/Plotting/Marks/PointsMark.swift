import Markup
import Results

extension PanelDrawing {
    /// Points with their intervals both ways; intervals stay behind all points.
    func points(_ points: [FigureModel.Point], _ series: FigureModel.Series) -> MarkupNode {
        let symbol = style(series).symbol
        let radius = points.count > 400 ? 2.2 : points.count > 150 ? 2.7 : 3.3
        // Small points stand before large ones.
        let ordered =
            points.contains { $0.size != nil }
            ? points.enumerated().sorted { ($1.element.size ?? 1, $0.offset) < ($0.element.size ?? 1, $1.offset) }
                .map(\.element) : points
        let steps = panel.colours.map { ColourSteps($0) }
        return group(
            series,
            ordered.map { point in
                self.point(
                    point, symbol, point.size.map(SizeKey.radius) ?? radius,
                    steps.flatMap { steps in point.value.map { PanelDrawing.tone($0, steps) } } ?? "dot")
            })
    }

    /// The class of a point whose colour is a number.
    private static func tone(_ value: Double, _ steps: ColourSteps) -> String {
        steps.step(of: value).map { "toned \($0.cssClass)" } ?? "open"
    }

    private func point(
        _ point: FigureModel.Point, _ symbol: Symbol, _ radius: Double, _ cssClass: String
    ) -> MarkupNode {
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
        parts.append(symbol.node(at: place, radius: radius, class: cssClass))
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
