import Documents
import Estimation
import Results
import Values

/// What a `decision-rule` shows: rules by estimators as a table, and as a forest.
struct DecisionDisplay {
    let request: DecisionRequest
    let values: [(name: String, value: Value)]
    let isNested: Bool
    let scale: EffectScale

    private var estimators: [(name: String, title: String)] {
        var estimators: [(name: String, title: String)] = []
        if request.hasNaive { estimators.append(("naive", "Naive")) }
        if request.hasCrossValidation { estimators.append(("cross-validation", "Cross-validation")) }
        return estimators
    }

    func table(id: String) -> TableModel {
        let percent = NumberText.percent(request.level)
        let number = scale == .relative ? "+.3%" : "+.3g"
        let hasForms = values.contains { $0.value["rules"]?[request.rules[0].name]?["closedForm"] != nil }
        var columns: [TableModel.Column] = isNested ? [.init("Noise correlation", .decimal)] : []
        columns += [.init("Rule"), .init("Shipped", .decimal)]
        columns += estimators.map { .init("\($0.title), \(percent) interval", .decimal) }
        if hasForms {
            columns.append(.init("Expected if normal", .decimal))
            columns += estimators.map { .init("\($0.title) if normal", .decimal) }
        }
        var rows: [TableModel.Row] = []
        for (name, value) in values {
            for (index, rule) in request.rules.enumerated() {
                let base = ResultPath(
                    (isNested ? [.name(id), .name(name)] : [.name(id)]) + [.name("rules"), .name(rule.name)])
                func cell(_ keys: [String], _ format: String) -> TableModel.Cell {
                    var found = value["rules"]?[rule.name]
                    for key in keys { found = found?[key] }
                    guard let found, found != .null else { return .empty }
                    return .number(
                        found, format: format, path: ResultPath(base.components + keys.map { .name($0) }))
                }
                var cells: [TableModel.Cell] = isNested ? [index == 0 ? .text(name) : .empty] : []
                cells += [.text(rule.name), cell([estimators[0].name, "shipped"], ".0%")]
                cells += estimators.map { cell([$0.name, "perExperiment"], "interval \(number)") }
                if hasForms {
                    for key in ["expected"] + estimators.map(\.name) {
                        cells.append(cell(["closedForm", key, "perExperiment"], number))
                    }
                }
                rows.append(.init(cells, beginsGroup: index == 0 && !rows.isEmpty))
            }
        }
        return TableModel(columns: columns, rows: rows)
    }

    /// Rewards an experiment as a forest; with several assumptions the analysis draws lines over them instead.
    func figure(_ context: StepContext) -> FigureModel? {
        guard !isNested, let value = values.first?.value["rules"] else { return nil }
        let shown = request.rules.filter { !$0.isNever }
        let ends = shown.flatMap { rule in
            estimators.compactMap { value[rule.name]?[$0.name]?["perExperiment"]?.intervalEnds }
        }
        let labels = LabelFormat(context, intervals: ends, fallback: scale == .relative ? "+.2%" : nil)
        var categories: [FigureModel.Category] = []
        var marks: [FigureModel.Mark] = []
        for rule in shown {
            for (index, estimator) in estimators.enumerated() {
                guard let cell = value[rule.name]?[estimator.name]?["perExperiment"], let estimate = cell.estimate,
                    let ends = cell.intervalEnds
                else { continue }
                categories.append(
                    .init(
                        label: estimator.title, annotation: "\(labels.text(estimate)) \(labels.text(ends))",
                        group: index == 0 ? rule.name : nil))
                marks.append(
                    .intervals(
                        [.init(row: categories.count - 1, estimate: estimate, outer: ends)],
                        .init(name: estimator.name)))
            }
        }
        guard !marks.isEmpty else { return nil }
        let panel = FigureModel.Panel(
            x: .init(
                "Effect on \(request.reward) that an experiment ships",
                format: scale == .relative ? "+.2%" : "", null: 0),
            y: .init("", scale: .category, categories: categories), marks: marks)
        return FigureModel(
            kind: "forest", panels: [panel],
            summary: "Rewards of the rules by estimator with \(NumberText.percent(request.level)) intervals."
                + FigureTelling.rows(panel))
    }
}
