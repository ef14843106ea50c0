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
        resampledEstimates(estimators, count: draws) { draw, sums in
            sums = self.sums.weighted(
                stream.frequencies(draw, count: effects.experimentCount, scheme: scheme))
        }
    }

    /// Every estimate with one experiment left out, its arms from Ω̂ too, by experiment.
    package func leaveOneOutEstimates(_ estimators: [ProxyEstimator]) -> ResampledEstimates {
        resampledEstimates(estimators, count: effects.experimentCount) { k, sums in
            self.sums.without(k, buffer: &sums)
        }
    }

    /// Estimates from vectors of sums that a function of their number makes, in parallel.
    private func resampledEstimates(
        _ estimators: [ProxyEstimator], count: Int, _ sample: @Sendable (Int, inout [Double]) -> Void
    ) -> ResampledEstimates {
        let references = estimators.map { reference(of: $0) }
        let chunks = Chunks(of: count, size: 32)
        let rows = concurrentMap(chunks.count) { chunk in
            let solvers = zip(estimators, references).map { solver($0, reference: $1) }
            var buffer = sums.total
            return chunks[chunk].map { number in
                sample(number, &buffer)
                return solvers.map { values($0, buffer) }
            }
        }
        return ResampledEstimates(estimators: estimators, rows: rows.flatMap { $0 })
    }

    private func values(_ solver: ProxySolver, _ sums: [Double]) -> [Double]? {
        guard !solver.estimator.needsCounts || effects.counts != nil else { return nil }
        let solved = sums.withUnsafeBufferPointer { sums in
            sums.baseAddress.map { solver.solve($0) == nil } ?? false
        }
        let values = solver.values
        return solved && values.allSatisfy(\.isFinite) ? values : nil
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
