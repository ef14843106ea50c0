internal import Probability

/// Whether a posterior's probabilities are true: where the truth lies among its quantiles, over many data sets.
///
/// Where μ and τ are drawn from the prior and data from the model, the posterior's distribution function at the truth is
/// uniform, so its values fall into bins of equal width equally often; χ² = Σ(count − expected)²/expected on bins − 1
/// degrees of freedom. Source: Talts, Betancourt, Simpson, Vehtari and Gelman, "Validating Bayesian Inference Algorithms
/// with Simulation-Based Calibration", arXiv 1804.06788; for an exact posterior ranks are replaced by their limit.
package struct CalibrationRow: Sendable, Equatable {
    /// The number of the design among the study's.
    package let cell: Int
    package let estimator: HierarchicalEstimator
    /// For θ the first experiment's first arm.
    package let parameter: HierarchicalParameter
    /// Data sets by bin.
    package let counts: [Int]

    package var draws: Int { counts.reduce(0, +) }
    /// A bin's share of the data sets.
    package var expected: Double { Double(draws) / Double(counts.count) }
    package var degreesOfFreedom: Double { Double(counts.count - 1) }

    package var chiSquared: Double {
        counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) } / expected
    }

    package var pValue: Double { ChiSquared(degreesOfFreedom: degreesOfFreedom).upperTail(chiSquared) }
}

extension HierarchicalResults {
    /// Rows of the Bayesian estimators by cell, estimator and parameter, those without any transform left out.
    ///
    /// - Throws: `invalidStudy` below two bins or with fewer than five data sets a bin, for which χ² is no such thing.
    package func calibration(bins: Int) throws(EstimationError) -> [CalibrationRow] {
        guard bins >= 2, study.draws >= 5 * bins else {
            throw .invalidStudy("A calibration has at least 2 bins, and 5 draws for each of them")
        }
        var rows: [CalibrationRow] = []
        for cell in study.cells.indices {
            for (index, estimator) in study.estimators.enumerated() where estimator.isBayesian {
                for parameter in HierarchicalParameter.allCases {
                    var counts = Array(repeating: 0, count: bins)
                    for outcome in outcomes[cell] {
                        guard let value = outcome[index].transforms?[parameter] else { continue }
                        counts[min(bins - 1, Int(value * Double(bins)))] += 1
                    }
                    let row = CalibrationRow(cell: cell, estimator: estimator, parameter: parameter, counts: counts)
                    if row.draws > 0 { rows.append(row) }
                }
            }
        }
        return rows
    }
}
