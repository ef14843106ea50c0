import Markup
import Results

extension PanelDrawing {
    /// A fitted line over the whole frame.
    func slope(_ slope: Double, _ intercept: Double, _ series: FigureModel.Series) -> MarkupNode {
        let places = PanelLayout.slopePlaces(slope, intercept, x: layout.x, y: layout.y)
        return stroke(frame.clip(polyline: places), series)
    }
}
