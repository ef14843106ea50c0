import Results
import Values

/// What a `covariance` shows: a column for each estimator, and under each assumed noise the variances and covariances,
/// the correlations, and the repaired matrix of estimates that are not positive semi-definite.
extension CovarianceStep {
    static func table(
        _ values: [(name: String, value: Value)], _ request: Request, isNested: Bool, id: String
    ) -> TableModel {
        let percent = NumberText.percent(request.level)
        var columns: [TableModel.Column] = isNested ? [.init("Noise correlation", .decimal)] : []
        columns += [.init(""), .init("Between"), .init("and")]
        columns += request.estimators.map { .init("\(EstimatorNames.title($0)), \(percent) interval", .decimal) }
        var rows: [TableModel.Row] = []
        for (name, value) in values {
            let base = ResultPath(isNested ? [.name(id), .name(name)] : [.name(id)])
            var isFirst = true
            for block in Block.allCases {
                var isFirstOfBlock = true
                for (i, j) in block.pairs(request.metrics.count) {
                    let cells = request.estimators.map { estimator -> TableModel.Cell in
                        let tail = block.path(request.metrics, i, j)
                        guard let cell = value[estimator]?[tail], cell != .null else { return .empty }
                        let path = ResultPath((base + estimator).components + tail.components)
                        return .number(cell, format: block.format, path: path)
                    }
                    guard cells.contains(where: { if case .empty = $0 { false } else { true } }) else { continue }
                    var labels: [TableModel.Cell] = isNested ? [isFirst ? .text(name) : .empty] : []
                    labels.append(isFirstOfBlock ? .text(block.rawValue) : .empty)
                    labels += [.text(request.metrics[i]), .text(request.metrics[j])]
                    rows.append(.init(labels + cells, beginsGroup: isFirstOfBlock && !rows.isEmpty))
                    (isFirst, isFirstOfBlock) = (false, false)
                }
            }
        }
        return TableModel(columns: columns, rows: rows)
    }

    private enum Block: String, CaseIterable {
        case covariance = "Covariance"
        case correlation = "Correlation"
        case repaired = "Covariance, repaired"

        var format: String {
            switch self {
            case .covariance: "interval .3g"
            case .correlation: "interval .2f"
            case .repaired: ".3g"
            }
        }

        /// The lower triangle; without its diagonal for correlations.
        func pairs(_ order: Int) -> [(Int, Int)] {
            (0..<order).flatMap { i in (0...i).map { (i, $0) } }.filter { self != .correlation || $0.0 != $0.1 }
        }

        func path(_ metrics: [String], _ i: Int, _ j: Int) -> ResultPath {
            switch self {
            case .covariance:
                ResultPath([.name("entries"), .name(metrics[i]), .name(metrics[j]), .name("covariance")])
            case .correlation:
                ResultPath([.name("entries"), .name(metrics[i]), .name(metrics[j]), .name("correlation")])
            case .repaired: ResultPath([.name("repaired")]) + i + j
            }
        }
    }
}
