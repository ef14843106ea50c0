internal import Parallelism
package import Probability

/// How bootstrap samples weigh experiments.
package enum ResamplingScheme: String, Sendable, CaseIterable {
    /// K experiments drawn with repetition: multinomial multiplicities. Source: Efron, Annals of Statistics 7(1), 1979.
    case bootstrap
    /// K times Dirichlet(1, …, 1): standard exponentials divided by their mean, so every experiment counts a little.
    /// Draws are from the posterior of the estimate as a functional of the distribution of experiments under the
    /// improper Dirichlet prior, not of coefficients under a model. Source: Rubin, Annals of Statistics 9(1), 1981.
    case bayesian
}

/// Estimates of several estimators from the same samples of experiments: rows of (β̂, α̂), nil where there is none.
package struct ResampledEstimates: Sendable, Equatable {
    package let estimators: [ProxyEstimator]
    /// By sample, then by estimator.
    package let rows: [[[Double]?]]

    /// The rows of one estimator that exist.
    package func existing(_ index: Int) -> [[Double]] { rows.compactMap { $0[index] } }
}

extension ProxyModel {
    /// The estimates from weighted sums of the experiments' shares, samples in parallel.
    ///
    /// Experiment k's whole share counts g_k times. That includes sums of squares of its weights and of its noise: an
    /// experiment drawn twice is two experiments, whose squares add, and not one of twice the weight. So Λ̂'s divisor
    /// d = 1 − Σw², the noise N, J and ν are those of K experiments with the given frequencies; at g = 1 each
    /// estimate is the estimate itself, and the finite-sample pieces keep their meaning because g sums to K in both
    /// schemes.
    package func resampledEstimates(
        _ estimators: [ProxyEstimator], draws: Int, stream: RandomStream, scheme: ResamplingScheme = .bootstrap
    ) -> ResampledEstimates {
        // A chunk keeps the frequencies of all its samples.
        let chunks = Chunks(of: draws, size: min(32, 4_000_000 / max(1, effects.experimentCount)))
        let references = estimators.map { reference(of: $0) }
        let rows = concurrentMap(chunks.count) { index in
            let solvers = zip(estimators, references).map { solver($0, reference: $1) }
            return weightedSums(chunks[index], stream: stream, scheme: scheme).map { estimates(solvers, $0) }
        }
        return ResampledEstimates(estimators: estimators, rows: rows.flatMap { $0 })
    }

    /// Every estimate with one experiment left out, its arms from Ω̂ too, by experiment.
    package func leaveOneOutEstimates(_ estimators: [ProxyEstimator]) -> ResampledEstimates {
        let chunks = Chunks(of: effects.experimentCount, size: 64)
        let references = estimators.map { reference(of: $0) }
        let rows = concurrentMap(chunks.count) { index in
            let solvers = zip(estimators, references).map { solver($0, reference: $1) }
            var buffer = sums.total
            return chunks[index].map { k in
                sums.without(k, buffer: &buffer)
                return estimates(solvers, buffer)
            }
        }
        return ResampledEstimates(estimators: estimators, rows: rows.flatMap { $0 })
    }

    private func estimates(_ solvers: [ProxySolver], _ sums: [Double]) -> [[Double]?] {
        solvers.map { solver in
            guard !solver.estimator.needsCounts || effects.counts != nil, (try? solve(solver, sums)) != nil else {
                return nil
            }
            return solver.values
        }
    }

    /// Σ_k g_k share_k of some samples; a share is read once for all of them.
    private func weightedSums(_ draws: Range<Int>, stream: RandomStream, scheme: ResamplingScheme) -> [[Double]] {
        let count = effects.experimentCount
        let width = sums.total.count
        let frequencies = draws.map { stream.frequencies($0, count: count, scheme: scheme) }
        var share = Array(repeating: 0.0, count: width)
        var results = Array(repeating: 0.0, count: width * draws.count)
        for k in 0..<count {
            sums.share(k, into: &share)
            // Without bounds checks: this is the inner loop of every bootstrap.
            results.withUnsafeMutableBufferPointer { results in
                share.withUnsafeBufferPointer { share in
                    for position in 0..<draws.count {
                        let times = frequencies[position][k]
                        guard times != 0 else { continue }
                        let start = position * width
                        for index in 0..<width { results[start + index] += times * share[index] }
                    }
                }
            }
        }
        return (0..<draws.count).map { Array(results[$0 * width..<($0 + 1) * width]) }
    }
}

extension RandomStream {
    /// How often each experiment counts in sample number `draw`; sums to `count`.
    func frequencies(_ draw: Int, count: Int, scheme: ResamplingScheme) -> [Double] {
        switch scheme {
        case .bootstrap: return multiplicities(draw, count: count).map(Double.init)
        case .bayesian:
            let exponentials = (0..<count).map { -Elementary.log(uniform(draw * count + $0)) }
            let factor = Double(count) / exponentials.reduce(0, +)
            return exponentials.map { $0 * factor }
        }
    }
}
