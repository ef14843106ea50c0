import Markup
import Results

extension PanelDrawing {
    /// A rule at a value of x.
    func ruleX(_ value: Double, _ series: FigureModel.Series) -> MarkupNode {
        guard layout.x.contains(value) else { return .nothing }
        return group(series, [vertical(layout.x.position(value), "rule", dash: style(series).dash)])
    }

    /// A rule at a value of y; its label stands at its end.
    func ruleY(_ value: Double, _ series: FigureModel.Series) -> MarkupNode {
        guard layout.y.contains(value) else { return .nothing }
        return group(series, [horizontal(layout.y.position(value), "rule", dash: style(series).dash)])
    }
}
