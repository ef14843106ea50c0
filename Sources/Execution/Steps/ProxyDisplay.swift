import Documents
import Estimation
import Results
import Values

/// What a `proxy` shows: its coefficients as a table, and as a forest.
extension ProxyStep {
    static func table(
        _ values: [(name: String, value: Value)], _ request: Request, isNested: Bool, id: String
    ) -> TableModel {
        let percent = NumberText.percent(request.level)
        var columns: [TableModel.Column] = isNested ? [.init("Noise correlation", .decimal)] : []
        columns.append(.init("Estimator"))
        columns += request.proxies.map { .init("\($0), \(percent) interval", .decimal) }
        columns.append(.init("Holds when"))
        var rows: [TableModel.Row] = []
        for (name, value) in values {
            for (index, estimator) in request.estimators.enumerated() {
                let base = ResultPath(
                    (isNested ? [.name(id), .name(name)] : [.name(id)]) + [
                        .name(estimator.name), .name("coefficients"),
                    ])
                var cells: [TableModel.Cell] = isNested ? [index == 0 ? .text(name) : .empty] : []
                cells.append(.text(EstimatorNames.title(estimator.name)))
                for proxy in request.proxies {
                    let cell = value[estimator.name]?["coefficients"]?[proxy]
                    let format = request.hasIntervals ? "interval .3g" : ".3g"
                    cells.append(cell.map { .number($0, format: format, path: base + proxy) } ?? .empty)
                }
                cells.append(.text(estimator.shortAssumption))
                rows.append(.init(cells, beginsGroup: index == 0 && !rows.isEmpty))
            }
        }
        return TableModel(columns: columns, rows: rows)
    }

    /// Coefficients as a forest; with several assumptions the analysis draws lines over them instead.
    static func figure(
        _ values: [(name: String, value: Value)], _ request: Request, isNested: Bool, _ context: StepContext
    ) -> FigureModel? {
        guard !isNested, let value = values.first?.value else { return nil }
        let ends = request.estimators.flatMap { estimator in
            request.proxies.compactMap { value[estimator.name]?["coefficients"]?[$0]?.intervalEnds }
        }
        let labels = LabelFormat(context, intervals: ends)
        var categories: [FigureModel.Category] = []
        var marks: [FigureModel.Mark] = []
        for proxy in request.proxies {
            for (index, estimator) in request.estimators.enumerated() {
                guard let cell = value[estimator.name]?["coefficients"]?[proxy], let estimate = cell.estimate,
                    let ends = cell.intervalEnds
                else { continue }
                categories.append(
                    .init(
                        label: EstimatorNames.title(estimator.name),
                        annotation: "\(labels.text(estimate)) \(labels.text(ends))",
                        group: index == 0 ? proxy : nil))
                marks.append(
                    .intervals(
                        [.init(row: categories.count - 1, estimate: estimate, outer: ends)], .init(name: estimator.name)
                    ))
            }
        }
        guard !marks.isEmpty else { return nil }
        return FigureModel(
            kind: "forest",
            panels: [
                .init(
                    x: .init("Effect on \(request.outcome) for one unit of effect on the proxy", null: 0),
                    y: .init("", scale: .category, categories: categories), marks: marks)
            ], summary: "Coefficients of the proxies by estimator with \(NumberText.percent(request.level)) intervals.")
    }
}
