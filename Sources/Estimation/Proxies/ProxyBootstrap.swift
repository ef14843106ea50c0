package import Probability

/// Intervals of coefficients from bootstrap samples of experiments.
package struct ProxyBootstrap: Sendable, Equatable {
    package let estimator: ProxyEstimator
    package let scheme: ResamplingScheme
    package let level: Double
    /// By proxy.
    package let intervals: [BootstrapInterval]
    /// nil without intercept.
    package let intercept: BootstrapInterval?
    /// Samples that gave an estimate, and those that gave none and are left out.
    package let replicates: Int
    package let failures: Int
}

extension ProxyModel {
    /// Percentile and BCa intervals from samples of experiments; the Bayesian scheme has equal-tailed intervals only.
    ///
    /// Where estimates of some samples do not exist the intervals are of those that do, which understates the spread;
    /// `failures` says how many. nil where fewer than two samples give an estimate.
    /// - Throws: `invalidLevel`, and what `solve` throws on the whole data.
    package func bootstrapIntervals(
        _ estimator: ProxyEstimator, draws: Int = 1000, stream: RandomStream, level: Double = 0.95,
        scheme: ResamplingScheme = .bootstrap
    ) throws(EstimationError) -> ProxyBootstrap? {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        let solution = try solve(estimator, read(sums.total))
        let rows = resampledEstimates([estimator], draws: draws, stream: stream, scheme: scheme).existing(0)
        let corrected = scheme == .bootstrap
        let without = corrected ? completeLeaveOneOut([estimator])?.map { $0[0] } : nil
        let found = BootstrapInterval.intervals(
            replicates: rows, leaveOneOut: without, estimate: solution.coefficients + [solution.intercept],
            level: level, corrected: corrected)
        guard let found else { return nil }
        return ProxyBootstrap(
            estimator: estimator, scheme: scheme, level: level, intervals: Array(found.dropLast()),
            intercept: intercept ? found.last : nil, replicates: rows.count, failures: draws - rows.count)
    }

    /// Rows by experiment, then by estimator; nil below three experiments or where one cannot be left out.
    func completeLeaveOneOut(_ estimators: [ProxyEstimator]) -> [[[Double]]]? {
        guard effects.experimentCount >= 3 else { return nil }
        var result: [[[Double]]] = []
        for row in leaveOneOutEstimates(estimators).rows {
            let existing = row.compactMap { $0 }
            guard existing.count == estimators.count else { return nil }
            result.append(existing)
        }
        return result
    }
}
