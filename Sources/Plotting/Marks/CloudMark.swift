import Markup
import Results

extension PanelDrawing {
    /// Points without names as one path of round dots; those beyond the frame are left out and counted.
    func cloud(_ xs: [Double], _ ys: [Double], _ series: FigureModel.Series) -> MarkupNode {
        let dots = zip(xs, ys).filter { layout.x.contains($0) && layout.y.contains($1) }.map { x, y in
            "M\(coordinate(layout.x.position(x))),\(coordinate(layout.y.position(y)))h0"
        }
        guard !dots.isEmpty else { return .nothing }
        return group(series, [.tag("path", ["d": dots.joined(), "class": "cloud"])])
    }
}
