import Diagnostics
import Documents
import Results
import Values

/// A figure of `marks`: each drawn of the rows of results, a panel for each value of `facet`.
enum FreeFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        var layers: [FreeLayer] = []
        for node in context.options["marks"]?.items ?? [] { layers.append(try FreeLayer(node, &context)) }
        try checkMixture(layers, &context)
        // Heights of stacked dots are told by nothing but the dots.
        let heightsAlone = layers.allSatisfy { ["dots", "rule"].contains($0.word) && $0.node["y"] == nil }
        let x = try FreeAxis("x", layers, &context)
        let y = try FreeAxis("y", layers, isHidden: heightsAlone, &context)
        let colours = try FreeColours(layers, &context)
        let marks = FreeMarks(x: x, y: y, colours: colours, layers: layers)
        let facets = try FreeFacets(layers, &context)
        var panels: [FigureModel.Panel] = []
        let options = PanelOptions(figure: context.options, own: nil)
        for facet in facets.panels {
            var drawn: [FigureModel.Mark] = []
            for layer in facet.layers where !layer.rows.isEmpty { drawn += try marks.draw(layer, &context) }
            var panel = FigureModel.Panel(
                title: facet.title, x: x.axis(options, isFree: facets.isFree("x")),
                y: y.axis(options, isFree: facets.isFree("y")), marks: drawn)
            if layers.contains(where: { $0.word == "cell" }) {
                panel.y.title = context.options["y-title"]?.string ?? y.title
            } else {
                panel.colours = colours.scale
                panel.sizes = try marks.sizes(&context)
            }
            panels.append(panel)
        }
        let side = min(panels.count, panels.count == 4 ? 2 : 3)
        let columns = context.options["columns"]?.number.map { Int($0) } ?? side
        var model = FigureModel(
            kind: "free", panels: panels, columns: max(1, columns),
            compactColumns: panels.count > 2 && y.scale != .category ? min(2, columns) : 1, summary: "")
        model.summary = FigureSummary.text(of: model)
        return model
    }

    /// Cells fill their panel, and a mark without y has nothing to stand on beside marks that have it.
    private static func checkMixture(_ layers: [FreeLayer], _ context: inout StepContext) throws(StepFailure) {
        guard let cell = layers.first(where: { $0.word == "cell" }) else { return }
        guard let other = layers.first(where: { $0.word != "cell" }) else { return }
        throw context.fail(
            .error(
                .badFigure, "Cells fill a figure; the mark '\(other.word)' has no place over them",
                at: other.node.range,
                notes: [.init("the cells are those of '\(cell.word)' at another place of `marks`")]))
    }
}
