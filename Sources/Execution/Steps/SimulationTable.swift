import Documents
import Estimation
import Results
import Values

/// What a `simulation` shows: its rows, a group for each cell of the grid.
enum SimulationTable {
    static func make(
        _ study: SimulationStudy, _ grid: SimulationGrid, _ rows: [SimulationRow], _ values: Value, id: String
    ) -> TableModel {
        let percent = NumberText.percent(study.level)
        var columns: [TableModel.Column] = grid.axes.map { heading($0.key) }
        columns += [.init("Estimator"), .init("Proxy"), .init("Truth", .decimal)]
        let numbers = [("Bias", "bias"), ("SD", "sd"), ("RMSE", "rmse"), ("Median", "median")]
        columns += numbers.map { .init($0.0, .decimal) }
        columns += study.intervals.map { .init("Coverage of \(percent) \($0.name) interval", .decimal) }
        var lines: [TableModel.Row] = []
        for (index, row) in rows.enumerated() {
            let base = ResultPath([.name(id), .name("rows"), .index(index)])
            let value = values["rows"]?.list?[index] ?? .null
            let beginsCell = index == 0 || rows[index - 1].cell != row.cell
            let beginsEstimator = beginsCell || rows[index - 1].estimator != row.estimator || row.estimator == nil
            var cells: [TableModel.Cell] = grid.axes.map { key, _ in
                beginsCell ? cell(value[key.rawValue] ?? .null, ",", base + key.rawValue) : .empty
            }
            cells.append(beginsEstimator ? .text(title(row)) : .empty)
            cells += [.text(row.parameter), cell(value["truth"] ?? .null, ".3g", base + "truth")]
            cells += numbers.map { cell(value[$0.1] ?? .null, ".3g", base + $0.1) }
            cells += study.intervals.map { kind in
                cell(value["coverage"]?[kind.name] ?? .null, ".1%", base + "coverage" + kind.name)
            }
            lines.append(.init(cells, beginsGroup: beginsCell && index > 0))
        }
        return TableModel(columns: columns, rows: lines)
    }

    private static func title(_ row: SimulationRow) -> String {
        if let estimator = row.estimator { return title(estimator) }
        let names = row.coverage.map { EstimatorNames.title($0.name) }.joined(separator: ", ")
        return row.intercept ? names : names + ", no intercept"
    }

    /// An estimator with what sets it apart from its namesakes.
    static func title(_ wanted: SimulatedEstimator) -> String {
        var title = EstimatorNames.title(wanted.estimator.name)
        switch wanted.estimator {
        case .fuller(let alpha), .hfuller(let alpha): title += " (\(NumberText.short(alpha)))"
        case .kClass(let k): title += " (\(NumberText.short(k)))"
        default: break
        }
        return wanted.intercept ? title : title + ", no intercept"
    }

    private static func heading(_ key: SimulationGrid.Key) -> TableModel.Column {
        switch key {
        case .directEffects: .init("Direct effects")
        case .experiments: .init("Experiments", .right)
        case .arms: .init("Arms", .right)
        case .n: .init("n", .right)
        }
    }

    private static func cell(_ value: Value, _ format: String, _ path: ResultPath) -> TableModel.Cell {
        switch value {
        case .null: .empty
        case .boolean(let flag): .text(flag ? "yes" : "no")
        default: .number(value, format: format, path: path)
        }
    }
}
