import Results
import Values

/// What a `covariance` shows: under each assumed noise a group of rows for each pair of metrics, a row for each estimator,
/// with the repaired element beside estimates that are not positive semi-definite.
extension CovarianceStep {
    static func table(
        _ values: [(name: String, value: Value)], _ request: Request, isNested: Bool, id: String
    ) -> TableModel {
        let percent = NumberText.percent(request.level)
        let hasRepairs = values.contains { _, value in request.estimators.contains { value[$0]?["repaired"] != nil } }
        var columns: [TableModel.Column] = isNested ? [.init("Noise correlation", .decimal)] : []
        columns += [.init("Between"), .init("and"), .init("Estimator")]
        columns.append(.init("Covariance, \(percent) interval", .decimal))
        if hasRepairs { columns.append(.init("Covariance, repaired", .decimal)) }
        columns.append(.init("Correlation, \(percent) interval", .decimal))
        var rows: [TableModel.Row] = []
        for (name, value) in values {
            let base = ResultPath(isNested ? [.name(id), .name(name)] : [.name(id)])
            var isFirst = true
            for i in request.metrics.indices {
                for j in 0...i {
                    let entry = ResultPath([
                        .name("entries"), .name(request.metrics[i]), .name(request.metrics[j]),
                    ])
                    var isFirstOfPair = true
                    for estimator in request.estimators {
                        guard let made = value[estimator] else { continue }
                        func cell(_ tail: ResultPath, _ format: String) -> TableModel.Cell {
                            guard let found = made[tail], found != .null else { return .empty }
                            let path = ResultPath((base + estimator).components + tail.components)
                            return .number(found, format: format, path: path)
                        }
                        var cells: [TableModel.Cell] = isNested ? [isFirst ? .text(name) : .empty] : []
                        cells += [
                            isFirstOfPair ? .text(request.metrics[i]) : .empty,
                            isFirstOfPair ? .text(request.metrics[j]) : .empty,
                            .text(EstimatorNames.title(estimator)), cell(entry + "covariance", "interval .3g"),
                        ]
                        if hasRepairs { cells.append(cell(ResultPath([.name("repaired")]) + i + j, ".3g")) }
                        cells.append(i == j ? .empty : cell(entry + "correlation", "interval .2f"))
                        rows.append(.init(cells, beginsGroup: isFirstOfPair && !rows.isEmpty))
                        (isFirst, isFirstOfPair) = (false, false)
                    }
                }
            }
        }
        return TableModel(columns: columns, rows: rows)
    }
}
