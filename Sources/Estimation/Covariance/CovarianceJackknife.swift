internal import LinearAlgebra
internal import Parallelism

extension CovarianceModel {
    /// A model over sums that were made already.
    init(sums: EffectSums, weights: EffectWeights) {
        effects = sums.effects
        self.weights = weights
        intercept = sums.intercept
        self.sums = sums
    }

    /// The jackknife covariance of the packed elements of Λ̂, G(G+1)/2 squared, for each of some estimators.
    ///
    /// Leaves out one experiment at a time, its arms from Ω̂ too, in one pass for all estimators; cost is linear in
    /// experiments. nil below three experiments, or where what is left gives no estimate once.
    func jackknife(_ estimators: [CovarianceEstimator]) -> [Matrix?] {
        let count = effects.experimentCount
        guard count >= 3 else { return estimators.map { _ in nil } }
        let full = estimators.map { PackedSymmetric.pack(CovarianceModel.covariance($0, read(sums.total))) }
        let chunks = Chunks(of: count, size: EffectSums.chunk)
        let parts = concurrentMap(chunks.count) { deviations(chunks[$0], estimators, from: full) }
        return estimators.indices.map { index in
            var sum = DeviationSums(count: full[index].count)
            for part in parts {
                guard let part else { return nil }
                sum.add(part[index])
            }
            return sum.jackknifeCovariance(count: count)
        }
    }

    private func deviations(
        _ range: Range<Int>, _ estimators: [CovarianceEstimator], from full: [[Double]]
    ) -> [DeviationSums]? {
        var results = full.map { DeviationSums(count: $0.count) }
        // Λ̂ needs nothing of M.
        let count = sums.layout.scatter
        let packed = sums.layout.packed
        var isComplete = true
        // The sums that are left, what they give, and a copy of the estimates of all that no other chunk reads.
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count + packed * (1 + full.count)) { buffer in
            guard let rest = buffer.baseAddress else { return }
            let estimate = rest + count
            let base = estimate + packed
            for (place, value) in full.joined().enumerated() { base[place] = value }
            sums.total.withUnsafeBufferPointer { total in
                sums.forEachShare(in: range, before: count) { _, share in
                    for index in 0..<count { rest[index] = total[index] - share[index] }
                    for (index, estimator) in estimators.enumerated() {
                        if covariance(estimator, rest, into: estimate) {
                            results[index].add(estimate, from: base + index * packed)
                        } else {
                            isComplete = false
                        }
                    }
                }
            }
        }
        return isComplete ? results : nil
    }

    /// The packed Λ̂ of a vector of sums; false where there are too few effects.
    private func covariance(
        _ estimator: CovarianceEstimator, _ sums: UnsafePointer<Double>, into target: UnsafeMutablePointer<Double>
    ) -> Bool {
        let layout = self.sums.layout
        let inverse = 1 / sums[SumsLayout.weight]
        let square = intercept ? inverse * inverse : 0
        let divisor = 1 - sums[SumsLayout.weightSquare] * square
        guard divisor > 1e-12 else { return false }
        let factor = sums[SumsLayout.unitNoise] * inverse - sums[SumsLayout.unitNoiseSquare] * square
        let pooled = estimator == .tc ? factor / sums[SumsLayout.degreesOfFreedom] : 0
        let own = estimator == .jive ? 1.0 : 0
        let (second, units) = (sums + layout.second, sums + layout.pooled)
        let (noise, noiseSquare) = (sums + layout.noise, sums + layout.noiseSquare)
        var p = 0
        for a in 0..<layout.order {
            let mean = sums[layout.mean + a] * square
            for b in 0..<(a + 1) {
                let spread = second[p] * inverse - mean * sums[layout.mean + b]
                let taken = own * (noise[p] * inverse - noiseSquare[p] * square) + pooled * units[p]
                target[p] = (spread - taken) / divisor
                p += 1
            }
        }
        return true
    }
}
