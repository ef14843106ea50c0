internal import LinearAlgebra
internal import Parallelism
internal import Probability

extension ProxyModel {
    /// Leaves out one experiment at a time, its arms from Ω̂ too; intervals by Student's t with K − 1 degrees of freedom.
    ///
    /// Cost is linear in experiments: the sums are downdated, and all estimators take one pass together. nil below
    /// three experiments, or where what is left gives no estimate once.
    func jackknife(_ estimators: [ProxyEstimator], level: Double) -> [ProxyUncertainty?] {
        let count = effects.experimentCount
        let nothing = estimators.map { _ in ProxyUncertainty?.none }
        guard count >= 3, estimators.allSatisfy({ !$0.needsCounts || effects.counts != nil }) else { return nothing }
        let full = estimators.map { estimator -> (values: [Double], reference: [Double]?)? in
            let solver = solver(estimator)
            guard (try? solve(solver, sums.total)) != nil else { return nil }
            return (solver.values, solver.reference)
        }
        let chunks = Chunks(of: count, size: EffectSums.chunk)
        let parts = concurrentMap(chunks.count) { deviations(chunks[$0], estimators, from: full) }
        return estimators.indices.map { index in
            guard let estimate = full[index]?.values else { return nil }
            var sum = DeviationSums(count: proxies.count + 1)
            for part in parts {
                guard let other = part[index] else { return nil }
                sum.add(other)
            }
            let degrees = Double(count - 1)
            let multiple = StudentT(degreesOfFreedom: degrees).upperQuantile((1 - level) / 2)
            let covariance = sum.jackknifeCovariance(count: count)
            let intervals = zip(estimate, covariance.diagonal).map { value, variance in
                let reach = multiple * variance.squareRoot()
                return ConfidenceInterval(lower: value - reach, upper: value + reach)
            }
            return uncertainty(
                covariance: covariance, intervals: intervals, level: level, degrees: degrees, replicates: count,
                failures: 0)
        }
    }

    /// Sums of what leaving each experiment of a range out changes; nil for an estimator that then has no estimate.
    private func deviations(
        _ range: Range<Int>, _ estimators: [ProxyEstimator], from full: [(values: [Double], reference: [Double]?)?]
    ) -> [DeviationSums?] {
        let solvers = zip(estimators, full).map { solver($0, reference: $1?.reference) }
        let needsOwnNoise = estimators.contains { $0.takesOwnNoise }
        let count = needsOwnNoise ? sums.layout.count : sums.layout.scatterNoise
        let size = proxies.count + 1
        var results = full.map { _ in DeviationSums(count: size) }
        var exists = full.map { $0 != nil }
        // The sums that are left, and a copy of the estimates of all that no other chunk reads.
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count + size * full.count) { buffer in
            guard let rest = buffer.baseAddress else { return }
            let base = rest + count
            for (index, made) in full.enumerated() {
                for (place, value) in (made?.values ?? []).enumerated() { base[index * size + place] = value }
            }
            sums.total.withUnsafeBufferPointer { total in
                sums.forEachShare(in: range, before: count) { _, share in
                    for index in 0..<count { rest[index] = total[index] - share[index] }
                    for index in solvers.indices where exists[index] {
                        if solvers[index].solve(rest) == nil {
                            results[index].add(solvers[index].solution, from: base + index * size)
                        } else {
                            exists[index] = false
                        }
                    }
                }
            }
        }
        return zip(results, exists).map { $1 ? $0 : nil }
    }

    /// The eigenvector of the whole data that solutions of parts of it are begun from; nil where there is none.
    func reference(of estimator: ProxyEstimator) -> [Double]? {
        let solver = solver(estimator)
        _ = try? solve(solver, sums.total)
        return solver.reference
    }

    /// Splits what was computed for (β, α) into coefficients and intercept.
    func uncertainty(
        covariance: Matrix, intervals: [ConfidenceInterval], level: Double, degrees: Double?, replicates: Int,
        failures: Int
    ) -> ProxyUncertainty {
        let errors = covariance.diagonal.map { $0.squareRoot() }
        return ProxyUncertainty(
            joint: covariance, standardErrors: Array(errors.dropLast()), intervals: Array(intervals.dropLast()),
            interceptStandardError: intercept ? errors.last : nil, interceptInterval: intercept ? intervals.last : nil,
            level: level, degreesOfFreedom: degrees, replicates: replicates, failures: failures)
    }
}
