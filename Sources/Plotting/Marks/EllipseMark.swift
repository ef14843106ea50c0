import Markup
import Probability
import Results

extension PanelLayout {
    /// Places on an ellipse, once around; one segment where it has no width, none where it has no length.
    static func outline(
        _ ellipse: FigureModel.Ellipse, x: any PositionScale, y: any PositionScale, steps: Int = 144
    ) -> [Place] {
        let (major, minor, centre) = (ellipse.major, ellipse.minor, ellipse.centre)
        func place(_ cosine: Double, _ sine: Double) -> Place {
            Place(
                x: x.position(centre.x + cosine * major.x + sine * minor.x),
                y: y.position(centre.y + cosine * major.y + sine * minor.y))
        }
        let length = major.x.magnitude + major.y.magnitude
        guard length > 0 else { return [] }
        if minor.x.magnitude + minor.y.magnitude < 1e-9 * length { return [place(-1, 0), place(1, 0)] }
        return (0...steps).map { step in
            let angle = 2 * Double.pi * Double(step % steps) / Double(steps)
            return place(Elementary.cos(angle), Elementary.sin(angle))
        }
    }
}

extension PanelDrawing {
    /// A covariance: its outline with the dash of its series, dotted where only its positive part could be drawn.
    func ellipse(_ ellipse: FigureModel.Ellipse, _ series: FigureModel.Series) -> MarkupNode {
        let outline = PanelLayout.outline(ellipse, x: layout.x, y: layout.y)
        var parts: [MarkupNode] = series.label.isEmpty ? [] : [.tag("title", text: series.label)]
        guard !outline.isEmpty else {
            // No variance at all: a point.
            let centre = Place(x: layout.x.position(ellipse.centre.x), y: layout.y.position(ellipse.centre.y))
            parts.append(style(series).symbol.node(at: centre, radius: 3.6, class: "solid"))
            return group(series, parts)
        }
        let area = outline.count > 2 ? frame.clip(polygon: Array(outline.dropLast())) : []
        if area.count > 2 {
            parts.append(.tag("path", ["d": pathData([area], isClosed: true), "class": "area faint"]))
        }
        let runs = frame.clip(polyline: outline)
        guard !runs.isEmpty else { return .nothing }
        parts.append(
            .tag(
                "path",
                [
                    "d": pathData(runs), "class": ellipse.isRepaired ? "stroke dotted" : "stroke",
                    "stroke-dasharray": ellipse.isRepaired ? "0.1 4.5" : style(series).dash,
                ]))
        return group(series, parts)
    }
}
