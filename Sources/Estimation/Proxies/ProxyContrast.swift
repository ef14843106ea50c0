package import Probability

/// The difference of two estimators of the same coefficients, by proxy.
///
/// liml − jive differs from 0 where there are direct effects or arms' noise differs; tc − jive where arms' noise
/// differs. A rejection says that one of the assumptions fails, not which.
package struct ProxyContrast: Sendable, Equatable {
    package let first: ProxyEstimator
    package let second: ProxyEstimator
    /// β̂ of the first less that of the second.
    package let differences: [Double]
    /// Delete-one-experiment jackknife of the difference; nil below three experiments or where one cannot be left out.
    package let standardErrors: [Double]?
    /// Both estimators on the same samples; nil where fewer than two samples gave both.
    package let intervals: [BootstrapInterval]?
    package let level: Double
    package let replicates: Int
    package let failures: Int
}

extension ProxyModel {
    /// Compares pairs of estimators on the same bootstrap samples of experiments.
    ///
    /// - Throws: `invalidLevel`, and what `solve` throws on the whole data.
    package func contrasts(
        _ pairs: [(ProxyEstimator, ProxyEstimator)], draws: Int = 1000, stream: RandomStream, level: Double = 0.95
    ) throws(EstimationError) -> [ProxyContrast] {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        let estimators = pairs.flatMap { [$0.0, $0.1] }
        let moments = read(sums.total)
        var estimates: [[Double]] = []
        for estimator in estimators { estimates.append(try solve(estimator, moments).coefficients) }
        let samples = resampledEstimates(estimators, draws: draws, stream: stream)
        let without = leaveOneOutEstimates(estimators)
        return pairs.indices.map { index in
            let rows = differences(samples, index)
            var left: [[Double]]? = differences(without, index)
            if without.rows.count < 3 || left?.count != without.rows.count { left = nil }
            let difference = zip(estimates[2 * index], estimates[2 * index + 1]).map { $0 - $1 }
            return ProxyContrast(
                first: pairs[index].0, second: pairs[index].1, differences: difference,
                standardErrors: left.map(standardErrors),
                intervals: BootstrapInterval.intervals(
                    replicates: rows, leaveOneOut: left, estimate: difference, level: level),
                level: level, replicates: rows.count, failures: draws - rows.count)
        }
    }

    private func differences(_ replicates: ResampledEstimates, _ pair: Int) -> [[Double]] {
        replicates.rows.compactMap { row in
            guard let first = row[2 * pair], let second = row[2 * pair + 1] else { return nil }
            return proxies.indices.map { first[$0] - second[$0] }
        }
    }

    private func standardErrors(_ rows: [[Double]]) -> [Double] {
        var variance = JackknifeVariance(count: proxies.count)
        for row in rows { variance.add(row) }
        return variance.standardErrors
    }
}
