import Documents
import Estimation
import Results
import Values

/// What a simulation of the hierarchical model shows: its rows, a group for each cell of the grid and a line for each
/// further interval.
struct HierarchicalSimulationTable {
    let study: HierarchicalStudy
    let grid: HierarchicalGrid
    let id: String

    private static let numbers = [("Bias", "bias"), ("SD", "sd"), ("RMSE", "rmse")]

    func table(_ rows: [HierarchicalRow], _ values: Value) -> TableModel {
        var columns: [TableModel.Column] = grid.axes.map { .init($0.key.heading, .right) }
        columns += [.init("Estimator"), .init("Control"), .init("Parameter")]
        columns += HierarchicalSimulationTable.numbers.map { .init($0.0, .decimal) }
        columns += [.init("\(NumberText.percent(study.level)) interval"), .init("Coverage", .decimal)]
        var lines: [TableModel.Row] = []
        for (index, row) in rows.enumerated() {
            let beginsCell = index == 0 || rows[index - 1].cell != row.cell
            let isFirst = beginsCell || rows[index - 1].estimator != row.estimator
            let base = ResultPath([.name(id), .name("rows"), .index(index)])
            let value = values["rows"]?.list?[index] ?? .null
            var cells: [TableModel.Cell] = grid.axes.map { axis in
                beginsCell ? cell(value[axis.key.resultName] ?? .null, ",", base + axis.key.resultName) : .empty
            }
            cells.append(isFirst ? .text(title(row.estimator)) : .empty)
            cells.append(isFirst ? .text(EstimatorNames.short(row.estimator.correlation.optionName)) : .empty)
            cells.append(.text(row.parameter.symbol))
            cells += HierarchicalSimulationTable.numbers.map { cell(value[$0.1] ?? .null, ".3g", base + $0.1) }
            for (place, coverage) in row.coverage.enumerated() {
                let interval: [TableModel.Cell] = [
                    .text(EstimatorNames.title(coverage.name)),
                    cell(value["coverage"]?[coverage.name] ?? .null, ".1%", base + "coverage" + coverage.name),
                ]
                let head = place == 0 ? cells : cells.map { _ in .empty }
                lines.append(.init(head + interval, beginsGroup: place == 0 && isFirst && !lines.isEmpty))
            }
            if row.coverage.isEmpty {
                lines.append(.init(cells + [.empty, .empty], beginsGroup: isFirst && !lines.isEmpty))
            }
        }
        return TableModel(columns: columns, rows: lines)
    }

    private func title(_ estimator: HierarchicalEstimator) -> String {
        EstimatorNames.title(estimator.name) + (estimator.test == .knappHartung ? ", Knapp–Hartung" : "")
    }

    private func cell(_ value: Value, _ format: String, _ path: ResultPath) -> TableModel.Cell {
        switch value {
        case .null: .empty
        case .number: .number(value, format: format, path: path)
        case .string(let text): .text(text)
        case .list(let items): .text(items.map { $0.number.map(NumberText.short) ?? "" }.joined(separator: ", "))
        default:
            .text(["from", "to"].compactMap { value[$0]?.number.map(NumberText.short) }.joined(separator: "–"))
        }
    }
}
