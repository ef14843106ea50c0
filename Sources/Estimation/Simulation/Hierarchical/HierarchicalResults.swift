/// Every estimator's outcome in every data set of a study, and what is read from them.
package struct HierarchicalResults: Sendable {
    package let study: HierarchicalStudy
    /// By cell, data set and estimator.
    let outcomes: [[[HierarchicalOutcome]]]

    /// Rows by cell, estimator and parameter.
    package func rows() -> [HierarchicalRow] {
        study.cells.indices.flatMap { cell in
            study.estimators.indices.flatMap { index in
                HierarchicalParameter.allCases.map { row(cell, index, $0) }
            }
        }
    }

    private func row(_ cell: Int, _ index: Int, _ parameter: HierarchicalParameter) -> HierarchicalRow {
        let own = outcomes[cell].map { $0[index] }
        let design = study.cells[cell].design
        let truth: Double? =
            switch parameter {
            case .mean: design.fixedMean
            case .tau: design.fixedTau
            case .effect: nil
            }
        let errors = own.compactMap { parameter == .tau ? $0.tauError : $0.meanError }
        return HierarchicalRow(
            cell: cell, estimator: study.estimators[index], parameter: parameter, truth: truth,
            summary: parameter == .effect ? effectSummary(own) : HierarchicalRow.Summary(errors, truth: truth),
            failures: study.draws - errors.count,
            coverage: HierarchicalInterval.allCases.filter { $0.isOf(parameter) }.compactMap {
                coverage(own, $0, parameter)
            })
    }

    private func coverage(
        _ outcomes: [HierarchicalOutcome], _ interval: HierarchicalInterval, _ parameter: HierarchicalParameter
    ) -> SimulationCoverage? {
        var (found, hits) = (0, 0)
        for outcome in outcomes {
            let own = outcome.coverage(interval, parameter)
            found += own.found
            hits += own.hits
        }
        guard found > 0 else { return nil }
        return SimulationCoverage(name: interval.rawValue, draws: found, hits: hits)
    }

    /// Over all effects of all data sets; the error of the bias from the data sets' sums, which are independent.
    private func effectSummary(_ outcomes: [HierarchicalOutcome]) -> HierarchicalRow.Summary? {
        let own = outcomes.filter { $0.effectCount > 0 }
        guard own.count > 1 else { return nil }
        let effects = Double(own.reduce(0) { $0 + $1.effectCount })
        let bias = own.reduce(0) { $0 + $1.effectError } / effects
        let square = own.reduce(0) { $0 + $1.effectSquare } / effects
        let sets = Double(own.count)
        let spread = own.reduce(0) { sum, outcome in
            let gap = outcome.effectError - bias * Double(outcome.effectCount)
            return sum + gap * gap
        }
        return HierarchicalRow.Summary(
            bias: bias, biasError: (spread * sets / (sets - 1)).squareRoot() / effects,
            standardDeviation: max(0, square - bias * bias).squareRoot(), rootMeanSquare: square.squareRoot(),
            median: nil)
    }
}

extension HierarchicalRow.Summary {
    /// Of estimates less the truth, in order of data sets; nil below two.
    init?(_ errors: [Double], truth: Double?) {
        guard let summary = SimulationSummary(of: errors, truth: 0) else { return nil }
        self.init(
            bias: summary.bias, biasError: summary.biasError, standardDeviation: summary.standardDeviation,
            rootMeanSquare: summary.rootMeanSquare, median: truth.map { $0 + summary.median })
    }
}
