package import LinearAlgebra

/// How well estimated effects on proxies tell the true effect on the outcome in experiments of a given size.
///
/// With n units in each of two arms, τ̂_S = τ_S + noise of covariance N = Ω_SS(1/n + 1/n). Weights
/// w ∝ (Λ_SS + N)⁻¹Λ_SY make the best linear prediction of τ_Y; they tend to Λ_SS⁻¹Λ_SY for large n and to Ω_SS⁻¹Λ_SY for
/// small n. Quality is the correlation of wᵀτ̂_S with τ_Y over experiments. Source: N. Tripuraneni, L. Richardson,
/// A. D'Amour, J. Soriano, S. Yadlowsky, "Choosing a Proxy Metric from Past Experiments", arXiv 2309.07893.
package struct ProxyQuality: Sendable, Equatable {
    /// One sample size.
    package struct Row: Sendable, Equatable {
        /// n, units in each arm.
        package let size: Double
        /// (Λ_SS + N)⁻¹Λ_SY: they predict the outcome's effect with the least squared error.
        package let weights: [Double]
        /// The correlation of the optimal index with τ_Y.
        package let quality: Double
        /// The same for the index that β̂ makes.
        package let fixed: Double?
        /// The same for each proxy alone, whatever its sign; nil where it has no variance.
        package let single: [Double?]
        /// The same for the outcome's own estimated effect.
        package let outcome: Double?
        /// How often the optimal index has the sign of τ_Y.
        package let signAgreement: Double?
    }

    package let rows: [Row]

    /// - Parameters:
    ///   - law: Of true effects, the outcome first.
    ///   - unitCovariance: Ω, in the same order.
    ///   - coefficients: β̂.
    ///   - sizes: n, each above 0.
    /// - Throws: `noVarianceOfEffects` where Λ_YY is not positive; `proxiesNotPositiveDefinite` where Λ_SS + N is not.
    package init(
        _ law: EffectLaw, unitCovariance: Matrix, coefficients: [Double], sizes: [Double], estimator: String,
        proxies: [String]
    ) throws(EstimationError) {
        guard law.outcome > 0 else { throw .noVarianceOfEffects(estimator: estimator) }
        let indices = law.proxyIndices
        let units = unitCovariance.submatrix(rows: indices, columns: indices)
        var rows: [Row] = []
        for size in sizes {
            let factor = 2 / size
            let observed = law.proxies + factor * units
            let roots = observed.diagonal.map { $0 > 0 ? $0.squareRoot() : 1 }
            let scaled = CovarianceModel.scaled(observed, by: observed.diagonal)
            guard let solver = try? Cholesky(scaled, tolerance: 1e-10) else {
                throw .proxiesNotPositiveDefinite(
                    estimator: estimator, metrics: proxies,
                    smallestEigenvalue: (try? SymmetricEigen(observed).values.first) ?? .nan)
            }
            let weights = zip(solver.solve(zip(law.cross, roots).map { $0 / $1 }), roots).map { $0 / $1 }
            func quality(_ weights: [Double]) -> Double? {
                let variance = observed.quadraticForm(weights, weights)
                guard variance > 0 else { return nil }
                return min(1, max(-1, dot(weights, law.cross) / (variance * law.outcome).squareRoot()))
            }
            let total = law.outcome + factor * unitCovariance[0, 0]
            rows.append(
                Row(
                    size: size, weights: weights, quality: quality(weights) ?? 0, fixed: quality(coefficients),
                    single: proxies.indices.map { index in
                        quality(proxies.indices.map { $0 == index ? 1 : 0 })?.magnitude
                    },
                    outcome: total > 0 ? (law.outcome / total).squareRoot() : nil,
                    signAgreement: SignAgreement.probability(
                        meanX: dot(weights, Array(law.mean.dropFirst())), meanY: law.mean[0],
                        varianceX: observed.quadraticForm(weights, weights), varianceY: law.outcome,
                        covariance: dot(weights, law.cross))))
        }
        self.rows = rows
    }

    /// Sample sizes around what the experiments had: 1, 2 and 5 times powers of ten from a tenth to ten times the median.
    package static func sizes(around median: Double) -> [Double] {
        var sizes: [Double] = []
        var decade = 1.0
        while decade <= median * 10, sizes.count < 60 {
            for step in [1.0, 2, 5] {
                let size = step * decade
                if size >= 2, size >= median / 10, size <= median * 10 { sizes.append(size) }
            }
            decade *= 10
        }
        return sizes.isEmpty ? [max(2, median.rounded())] : sizes
    }
}

extension ProxyModel {
    /// Ω̂ pooled over all arms, the outcome first.
    ///
    /// - Throws: `needsCounts`.
    package func unitCovariance() throws(EstimationError) -> Matrix {
        guard effects.counts != nil else { throw .needsCounts(estimator: "The quality of a proxy at a sample size") }
        return read(sums.total).unitCovariance
    }

    /// The median number of units in an arm; nil without counts.
    package var medianArmSize: Double? {
        guard let counts = effects.counts else { return nil }
        let sorted = (counts.treatment + counts.control).sorted()
        return sorted.isEmpty ? nil : Double(sorted[sorted.count / 2])
    }
}
