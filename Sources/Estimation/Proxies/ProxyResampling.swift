internal import LinearAlgebra
package import Probability

extension ProxyModel {
    /// Leaves out one experiment at a time, its arms from Ω̂ too; intervals by Student's t with K − 1 degrees of freedom.
    ///
    /// Cost is linear in experiments: the sums are downdated. nil below three experiments, or where what is left gives
    /// no estimate once.
    func jackknife(_ estimator: ProxyEstimator, level: Double) -> ProxyUncertainty? {
        let count = effects.experimentCount
        guard count >= 3 else { return nil }
        var variance = JackknifeVariance(count: proxies.count + 1)
        var buffer = sums.total
        for k in 0..<count {
            sums.without(k, buffer: &buffer)
            guard let solution = try? solve(estimator, read(buffer)) else { return nil }
            variance.add(solution.coefficients + [solution.intercept])
        }
        let degrees = Double(count - 1)
        let multiple = StudentT(degreesOfFreedom: degrees).upperQuantile((1 - level) / 2)
        guard let full = try? solve(estimator, read(sums.total)) else { return nil }
        let errors = variance.standardErrors
        let intervals = zip(full.coefficients + [full.intercept], errors).map {
            ConfidenceInterval(lower: $0 - multiple * $1, upper: $0 + multiple * $1)
        }
        return uncertainty(
            covariance: variance.covariance, intervals: intervals, level: level, degrees: degrees, replicates: count,
            failures: 0)
    }

    /// Every estimate with one experiment left out, by experiment; nil where there is none.
    package func leaveOneOut(_ estimator: ProxyEstimator) -> [[Double]?] {
        var buffer = sums.total
        return (0..<effects.experimentCount).map { k in
            sums.without(k, buffer: &buffer)
            return (try? solve(estimator, read(buffer)))?.coefficients
        }
    }

    /// Bootstrap samples of experiments, with percentile intervals.
    ///
    /// Samples that give no estimate are counted as failures and left out; nil where fewer than two give one.
    /// - Throws: `invalidLevel`.
    package func bootstrap(
        _ estimator: ProxyEstimator, draws: Int = 1000, stream: RandomStream, level: Double = 0.95
    ) throws(EstimationError) -> ProxyUncertainty? {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        var replicates: [[Double]] = []
        var moments = MomentAccumulator(metrics: proxies.count + 1)
        for draw in 0..<draws {
            guard let solution = try? solve(estimator, read(sums.resampled(draw, stream: stream))) else { continue }
            replicates.append(solution.coefficients + [solution.intercept])
            moments.add(solution.coefficients + [solution.intercept])
        }
        guard let covariance = moments.covariance else { return nil }
        let intervals = (0...proxies.count).map { index in
            let sorted = replicates.map { $0[index] }.sorted()
            return ConfidenceInterval(
                lower: SampleQuantiles.quantile((1 - level) / 2, sorted: sorted) ?? .nan,
                upper: SampleQuantiles.quantile((1 + level) / 2, sorted: sorted) ?? .nan)
        }
        return uncertainty(
            covariance: covariance, intervals: intervals, level: level, degrees: nil, replicates: replicates.count,
            failures: draws - replicates.count)
    }

    /// Splits what was computed for (β, α) into coefficients and intercept.
    private func uncertainty(
        covariance: Matrix, intervals: [ConfidenceInterval], level: Double, degrees: Double?, replicates: Int,
        failures: Int
    ) -> ProxyUncertainty {
        let indices = Array(proxies.indices)
        let errors = covariance.diagonal.map { $0.squareRoot() }
        return ProxyUncertainty(
            covariance: covariance.submatrix(rows: indices, columns: indices),
            standardErrors: Array(errors.dropLast()), intervals: Array(intervals.dropLast()),
            interceptStandardError: intercept ? errors.last : nil, interceptInterval: intercept ? intervals.last : nil,
            level: level, degreesOfFreedom: degrees, replicates: replicates, failures: failures)
    }
}
