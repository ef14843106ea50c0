import Markup
import Results

extension PanelDrawing {
    /// The area between two curves: the narrower the level, the stronger.
    func ribbon(
        _ xs: [Double], _ lower: [Double], _ upper: [Double], _ level: Double, _ series: FigureModel.Series
    ) -> MarkupNode {
        let count = min(xs.count, lower.count, upper.count)
        let there = (0..<count).map { Place(x: layout.x.position(xs[$0]), y: y(upper[$0])) }
        let back = (0..<count).reversed().map { Place(x: layout.x.position(xs[$0]), y: y(lower[$0])) }
        let area = frame.clip(polygon: there + back)
        guard area.count > 2 else { return .nothing }
        return group(
            series,
            [.tag("path", ["d": pathData([area], isClosed: true), "class": level > 0.8 ? "area wide" : "area narrow"])])
    }

    /// An open end reaches beyond the frame.
    private func y(_ value: Double) -> Double {
        value.isFinite ? layout.y.position(value) : value > 0 ? frame.top - 1000 : frame.bottom + 1000
    }
}
