import Estimation
import Results
import Values

/// The experiments that stand out under a shared control, the most inflated first; all of several arms where none does.
enum SharedControlTable {
    /// - Parameters:
    ///   - value: What `SharedControlValues` made of `found`.
    ///   - path: Where it stands in the results.
    static func make(_ found: SharedControlDiagnostics, _ value: Value, path: ResultPath) -> TableModel {
        let standing = found.experiments.indices.filter {
            found.isInflated(found.experiments[$0]) || found.isOutlying(found.experiments[$0])
        }
        let several = found.experiments.indices.filter { found.experiments[$0].armCount > 1 }
        let order = (standing.isEmpty ? several : standing).sorted {
            (found.experiments[$1].informationInflation, $0) < (found.experiments[$0].informationInflation, $1)
        }
        let columns: [TableModel.Column] = [
            .init("Experiment"), .init("Arms", .right), .init("Correlation", .decimal),
            .init("Information on μ", .decimal), .init("if independent", .decimal), .init("Inflation", .decimal),
            .init("At most", .decimal), .init("Control, z", .decimal),
        ]
        let rows = order.prefix(limit).map { index in
            let experiment = found.experiments[index]
            let base = path + "experiments" + index
            func cell(_ keys: [String], _ format: String) -> TableModel.Cell {
                let tail = ResultPath(keys.map { .name($0) })
                guard let number = value["experiments"]?.list?[index][tail], number != .null else { return .empty }
                return .number(number, format: format, path: ResultPath(base.components + tail.components))
            }
            return TableModel.Row(
                [
                    .text(experiment.experiment), cell(["arms"], ","), cell(["correlation", "greatest"], ".2f"),
                    cell(["information", "correlated"], ".3g"), cell(["information", "independent"], ".3g"),
                    cell(["information", "inflation"], ".2f"), cell(["information", "bound"], ".3g"),
                    cell(["outlyingControl"], "+.2f"),
                ], isEmphasised: found.isOutlying(experiment))
        }
        return TableModel(columns: columns, rows: Array(rows))
    }

    private static let limit = 20
}
