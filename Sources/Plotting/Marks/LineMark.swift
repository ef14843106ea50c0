import Markup
import Results

extension PanelDrawing {
    /// A polyline, cut at the frame.
    func line(
        _ xs: [Double], _ ys: [Double], _ series: FigureModel.Series, _ cssClass: String = "stroke"
    ) -> MarkupNode {
        let places = zip(xs, ys).filter { $0.isFinite && $1.isFinite }
            .map { Place(x: layout.x.position($0), y: layout.y.position($1)) }
        return stroke(frame.clip(polyline: places), series, cssClass)
    }

    /// The stroke of a series with its dash.
    func stroke(_ runs: [[Place]], _ series: FigureModel.Series, _ cssClass: String = "stroke") -> MarkupNode {
        guard !runs.isEmpty else { return .nothing }
        return group(
            series, [.tag("path", ["d": pathData(runs), "class": cssClass, "stroke-dasharray": style(series).dash])])
    }
}
