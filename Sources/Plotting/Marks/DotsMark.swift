import Markup
import Results

extension PanelDrawing {
    /// Stacked dots: on the frame's bottom, or above their row.
    func dots(_ index: Int, _ points: [FigureModel.Point], _ row: Int?, _ series: FigureModel.Series) -> MarkupNode {
        guard let stacks = layout.stacks, let places = stacks.places[index] else { return .nothing }
        let foot = row.map { layout.y.position(Double($0)) + RowLayout.eyeFoot } ?? layout.baseline
        let radius = stacks.diameter / 2 - (stacks.diameter > 4 ? 0.5 : 0.2)
        return group(
            series,
            zip(points, places).map { point, place in
                let y = foot - (Double(place.below) + 0.5) * stacks.diameter
                return labelled(
                    point.label,
                    [style(series).symbol.node(at: Place(x: place.x, y: y), radius: radius, class: "dot")])
            })
    }
}
