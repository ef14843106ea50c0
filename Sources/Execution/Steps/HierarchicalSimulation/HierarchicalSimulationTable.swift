import Documents
import Estimation
import Results
import Values

/// What a simulation of the hierarchical model shows: its rows, a group for each estimator, with the coverage of the
/// first of a parameter's intervals.
struct HierarchicalSimulationTable {
    let study: HierarchicalStudy
    let grid: HierarchicalGrid
    let id: String

    private static let numbers = [("Bias", "bias"), ("SD", "sd"), ("RMSE", "rmse")]

    func table(_ rows: [HierarchicalRow], _ values: Value) -> TableModel {
        var columns: [TableModel.Column] = grid.axes.map { .init($0.key.heading, .right) }
        columns += [.init("Estimator"), .init("Parameter")]
        columns += HierarchicalSimulationTable.numbers.map { .init($0.0, .decimal) }
        columns.append(.init("Coverage, \(NumberText.percent(study.level))", .decimal))
        let lines = rows.enumerated().map { index, row in
            let beginsCell = index == 0 || rows[index - 1].cell != row.cell
            let isFirst = beginsCell || rows[index - 1].estimator != row.estimator
            let base = ResultPath([.name(id), .name("rows"), .index(index)])
            let value = values["rows"]?.list?[index] ?? .null
            var cells: [TableModel.Cell] = grid.axes.map { axis in
                beginsCell ? cell(value[axis.key.resultName] ?? .null, ",", base + axis.key.resultName) : .empty
            }
            cells.append(isFirst ? .text(row.estimator.title) : .empty)
            cells.append(.text(row.parameter.symbol))
            let format = format(row.summary)
            cells += HierarchicalSimulationTable.numbers.map { cell(value[$0.1] ?? .null, format, base + $0.1) }
            let interval = row.coverage.first?.name ?? ""
            cells.append(
                cell(value["coverage"]?[interval] ?? .null, ".1%", base + "coverage" + interval))
            return TableModel.Row(cells, beginsGroup: isFirst && index > 0)
        }
        return TableModel(columns: columns, rows: lines)
    }

    /// As many decimals as give the spread three digits: more of a bias is noise.
    private func format(_ summary: HierarchicalRow.Summary?) -> String {
        var (decimals, spread) = (2, summary?.standardDeviation ?? 1)
        while spread > 0, spread < 1, decimals < 15 { (decimals, spread) = (decimals + 1, spread * 10) }
        while spread >= 10, decimals > 0 { (decimals, spread) = (decimals - 1, spread / 10) }
        return ".\(decimals)f"
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
