import Markup
import Results

extension PanelDrawing {
    /// Bars of a histogram, with a hair of paper between them.
    func bars(_ edges: [Double], _ heights: [Double], _ series: FigureModel.Series) -> MarkupNode {
        let foot = layout.y.clamped(0)
        let bars = zip(zip(edges, edges.dropFirst()), heights).filter { $1 > 0 }.map { ends, height in
            let (left, right) = (layout.x.clamped(ends.0) + 0.5, layout.x.clamped(ends.1) - 0.5)
            let top = layout.y.clamped(height)
            return "M\(coordinate(left)),\(coordinate(foot))V\(coordinate(top))H\(coordinate(right))"
                + "V\(coordinate(foot))Z"
        }
        guard !bars.isEmpty else { return .nothing }
        return group(series, [.tag("path", ["d": bars.joined(), "class": "bars"])])
    }
}
