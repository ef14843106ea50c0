internal import LinearAlgebra
internal import Parallelism
internal import Probability

extension CovarianceModel {
    /// Jackknife standard errors of artanh ρ̂ (see `CovarianceEstimate.fisherErrors`), leaving out one experiment at a time.
    func correlationJackknife(_ estimator: CovarianceEstimator, _ covariance: Matrix) -> [Double?] {
        let (order, count) = (effects.order, effects.experimentCount)
        let packed = PackedSymmetric.count(order: order)
        guard count >= 3, order > 1 else { return Array(repeating: nil, count: packed) }
        let full = CovarianceModel.fisherScales(PackedSymmetric.pack(covariance), order: order)
        let chunks = Chunks(of: count, size: EffectSums.chunk)
        var sums = CorrelationSums(full: full)
        for part in concurrentMap(chunks.count, { deviations(chunks[$0], estimator, from: full) }) { sums.add(part) }
        let errors = sums.deviations.jackknifeCovariance(count: count).diagonal
        return (0..<packed).map { index in
            guard sums.exists[index], errors[index].isFinite else { return nil }
            return max(0, errors[index]).squareRoot()
        }
    }

    /// Deviations of artanh ρ, and whether it always exists.
    private struct CorrelationSums: Sendable {
        var deviations: DeviationSums
        var exists: [Bool]

        init(full: [Double?]) {
            deviations = DeviationSums(count: full.count)
            exists = full.map { $0 != nil }
        }

        mutating func add(_ other: CorrelationSums) {
            deviations.add(other.deviations)
            for index in exists.indices { exists[index] = exists[index] && other.exists[index] }
        }
    }

    private func deviations(
        _ range: Range<Int>, _ estimator: CovarianceEstimator, from full: [Double?]
    ) -> CorrelationSums {
        var result = CorrelationSums(full: full)
        let base = full.map { $0 ?? 0 }
        var (rest, estimate, scales) = (sums.total, base, base)
        sums.forEachShare(in: range) { _, share in
            for index in rest.indices { rest[index] = sums.total[index] - share[index] }
            let isEstimate = rest.withUnsafeBufferPointer { rest in
                estimate.withUnsafeMutableBufferPointer { estimate in
                    guard let rest = rest.baseAddress, let estimate = estimate.baseAddress else { return false }
                    return covariance(estimator, rest, into: estimate)
                }
            }
            let found = CovarianceModel.fisherScales(estimate, order: effects.order)
            for index in base.indices {
                scales[index] = base[index]
                if isEstimate, let scale = found[index] {
                    if result.exists[index] { scales[index] = scale }
                } else {
                    result.exists[index] = false
                }
            }
            scales.withUnsafeBufferPointer { scales in
                guard let scales = scales.baseAddress else { return }
                result.deviations.add(scales, from: base)
            }
        }
        return result
    }

    /// artanh of every correlation of a packed matrix; nil on the diagonal and where it is not strictly within ±1.
    private static func fisherScales(_ packed: [Double], order: Int) -> [Double?] {
        var result: [Double?] = []
        for i in 0..<order {
            for j in 0...i {
                let (v, w) = (packed[PackedSymmetric.index(i, i)], packed[PackedSymmetric.index(j, j)])
                let rho = v > 0 && w > 0 ? packed[PackedSymmetric.index(i, j)] / (v.squareRoot() * w.squareRoot()) : 2
                result.append(
                    i != j && rho.magnitude < 1 ? (Elementary.log1p(rho) - Elementary.log1p(-rho)) / 2 : nil)
            }
        }
        return result
    }
}
