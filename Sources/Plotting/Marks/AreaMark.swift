import Markup
import Results

extension PanelDrawing {
    /// The area between two curves, its upper edge drawn with the dash of its series.
    func area(
        _ xs: [Double], _ lower: [Double], _ upper: [Double], _ series: FigureModel.Series
    ) -> MarkupNode {
        let count = min(xs.count, lower.count, upper.count)
        let there = (0..<count).map { Place(x: layout.x.position(xs[$0]), y: layout.y.position(upper[$0])) }
        let back = (0..<count).reversed().map { Place(x: layout.x.position(xs[$0]), y: layout.y.position(lower[$0])) }
        let area = frame.clip(polygon: there + back)
        guard area.count > 2 else { return .nothing }
        let edge = frame.clip(polyline: there)
        return group(
            series,
            [
                .tag("path", ["d": pathData([area], isClosed: true), "class": "area narrow"]),
                edge.isEmpty
                    ? .nothing
                    : .tag(
                        "path", ["d": pathData(edge), "class": "stroke", "stroke-dasharray": style(series).dash]),
            ])
    }
}
