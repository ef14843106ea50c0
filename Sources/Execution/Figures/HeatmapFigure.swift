import Diagnostics
import Documents
import Results
import Values

/// Values over two keys of rows, or a matrix over metrics, as coloured cells with their numbers.
enum HeatmapFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        var grids: [(options: PanelOptions, grid: CellGrid)] = []
        for options in PanelOptions.all(of: context) {
            let node = try options.nodes(&context)[0]
            let isRows = context.options["value"] != nil
            grids.append(
                (
                    options,
                    isRows
                        ? try CellGrid(rows: try PathTarget(node, &context), options, &context)
                        : try CellGrid(matrix: node, options, &context)
                ))
        }
        let scale = try colours(grids.map(\.grid), &context)
        let text = format(scale, context)
        let panels = grids.map { options, grid in
            let cells = grid.cells.map { cell in
                FigureModel.Cell(
                    column: cell.column, row: cell.row, value: cell.value, text: text.text(cell.value),
                    label: "\(grid.rows[cell.row]) × \(grid.columns[cell.column]): \(text.text(cell.value))")
            }
            return FigureModel.Panel(
                title: options.title,
                x: options.axis(
                    "x", title: grid.xTitle, scale: .category, categories: grid.columns.map { .init(label: $0) }),
                y: options.axis(
                    "y", title: grid.yTitle, scale: .category, categories: grid.rows.map { .init(label: $0) }),
                marks: [.cells(cells, scale)], isSquare: grid.isMatrix)
        }
        let count = grids.reduce(0) { $0 + $1.grid.cells.count }
        var model = FigureModel(
            kind: "heatmap", panels: panels,
            columns: Int(context.options["columns"]?.number ?? Double(min(panels.count, 2))),
            summary: "\(scale.title.isEmpty ? "Values" : scale.title) in \(count) cells"
                + (grids[0].grid.isMatrix ? "." : " over \(grids[0].grid.xTitle) and \(grids[0].grid.yTitle)."))
        model.summary += " " + FigureSummary.text(of: model)
        return model
    }

    /// One scale for all panels: as written, else from the values; two hues where these have both signs.
    private static func colours(
        _ grids: [CellGrid], _ context: inout StepContext
    ) throws(StepFailure) -> FigureModel.ColourScale {
        let values = grids.flatMap { $0.cells.map(\.value) }
        guard let lowest = values.min(), let highest = values.max() else {
            throw context.fail(
                .error(.badFigure, "No cell has a number", at: context.range(of: "of")))
        }
        let isCorrelation = grids.allSatisfy(\.isCorrelation)
        let middle = context.options["null"]?.number ?? (isCorrelation || lowest < 0 && highest > 0 ? 0 : nil)
        // An estimate of a correlation may lie outside.
        let domain = try ColourLimits.domain(
            lowest, highest, middle: middle, fallback: isCorrelation ? min(-1, lowest)...max(1, highest) : nil, &context
        )
        return FigureModel.ColourScale(
            context.options["value-title"]?.string ?? grids[0].valueTitle,
            format: context.options["value-format"]?.string ?? "", domain: domain, middle: middle)
    }

    /// As `value-format` says, else with as many decimals as give the whole range two digits, and one more.
    private static func format(_ scale: FigureModel.ColourScale, _ context: StepContext) -> NumberFormat {
        if let format = context.options["value-format"]?.string.flatMap({ NumberFormat(parsing: $0) }) {
            return format
        }
        var width = max(scale.domain.upperBound - scale.domain.lowerBound, .leastNormalMagnitude)
        var decimals = 0
        while width < 99, decimals < 12 {
            width *= 10
            decimals += 1
        }
        return NumberFormat(.fixed, digits: decimals, grouped: true)
    }
}
