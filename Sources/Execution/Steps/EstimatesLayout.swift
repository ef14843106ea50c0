import Datasets
import Diagnostics
import Documents

/// Layout `estimates`: a row is one effect with its sampling variance, as a meta-analysis collects them.
extension EffectsReader {
    private struct Cell {
        var effect: Double?
        var own: Double?
        var control: Double?
        var covariances: [Double?] = []
    }

    mutating func estimates(metrics wanted: [String]?) throws(StepFailure) -> (metrics: [String], [EffectSet.Estimate])
    {
        let effect = try required("effect")
        let variance = try column(context.options["variance"])
        let se = try column(context.options["se"])
        let own = try column(context.options["treatment-variance"])
        let control = try column(context.options["control-variance"])
        guard [variance, se, own].compactMap({ $0 }).count == 1 else {
            throw fail(
                .error(
                    .missingOption, "An effect has exactly one of `variance`, `se` and `treatment-variance`",
                    at: context.directive.wordRange))
        }
        let covariances = try covarianceColumns()
        var groups = try RowGroups<Cell>(&self, metrics: wanted, single: "effect", rowsAreExperiments: true)
        try forEachRow { (row) throws(DataFault) in
            try groups.insert(row) { (row) throws(DataFault) in
                var cell = Cell(effect: try row.number(effect), control: try control.number(row) ?? 0)
                let shared = cell.control ?? 0
                if let column = own {
                    cell.own = try row.nonNegative(column)
                } else if let column = variance ?? se {
                    // `variance` and `se` are totals, the control's share in them.
                    cell.own = try row.nonNegative(column).map { (se == nil ? $0 : $0 * $0) - shared }
                    if let total = cell.own, total < 0 {
                        throw row.fault(column, "A control's variance is no larger than the effect's total variance")
                    }
                }
                if let control { _ = try row.nonNegative(control) }
                for pair in covariances { cell.covariances.append(try row.number(pair.column)) }
                return cell
            }
        }
        try groups.requireSingleRows(&self)
        let pairs = try places(of: covariances, in: groups.metrics)
        let metrics = groups.metrics.names
        var made: [EffectSet.Estimate] = []
        for (e, name) in groups.experiments.names.enumerated() {
            for (v, variant) in groups.variants[e].names.enumerated() {
                let empty = [Double?](repeating: nil, count: metrics.count)
                var estimate = EffectSet.Estimate(
                    experiment: name, variant: variant, effect: empty, ownVariance: empty, controlVariance: empty)
                if !pairs.isEmpty {
                    estimate.covariance = Array(repeating: nil, count: metrics.count * (metrics.count - 1) / 2)
                }
                for m in metrics.indices {
                    guard let cell = groups.cell(e, v, m) else { continue }
                    estimate.effect[m] = cell.effect
                    estimate.ownVariance[m] = cell.own
                    estimate.controlVariance[m] = cell.control
                    try merge(cell.covariances, pairs, into: &estimate.covariance, of: "\(name), \(variant)")
                }
                made.append(estimate)
            }
        }
        return (metrics, made)
    }
}

extension Int? {
    /// The number of the column's cell, nil where there is no column or the cell is missing.
    func number(_ row: Row) throws(DataFault) -> Double? {
        guard let self else { return nil }
        return try row.number(self)
    }
}

extension Row {
    /// A variance or a standard error: a number that is not negative.
    func nonNegative(_ column: Int) throws(DataFault) -> Double? {
        guard let number = try number(column) else { return nil }
        guard number >= 0 else { throw fault(column, "A variance or standard error is not negative") }
        return number
    }
}
