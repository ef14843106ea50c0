package import LinearAlgebra

/// An estimator of the covariance of true effects.
package enum CovarianceEstimator: String, Sendable, CaseIterable {
    /// A/d: noise is left in.
    case naive
    /// (A − N)/d, N from one covariance of units pooled over all arms.
    case tc
    /// (A − N)/d, N from each arm's own covariance.
    case jive
}

/// The covariance of true effects over experiments, as an estimator gives it.
package struct CovarianceEstimate: Sendable, Equatable {
    package let estimator: CovarianceEstimator
    package let weights: EffectWeights
    package let intercept: Bool
    package let metrics: [String]
    package let experimentCount: Int
    package let effectCount: Int
    /// τ̄; the mean that was taken off, or zeros without intercept.
    package let mean: [Double]
    /// Λ̂, G × G, which need not be positive semi-definite.
    package let covariance: Matrix
    /// N/d, what was subtracted; the noise of each arm's own covariance for `naive`, which subtracts none.
    package let noise: Matrix
    /// Of Λ̂, ascending.
    package let eigenvalues: [Double]
    /// Whether no eigenvalue of Λ̂, in units of each metric's observed spread, is below −1e-10 of the largest.
    package let isPositiveSemidefinite: Bool
    /// N^½ clip₊(N^−½ Λ̂ N^−½) N^½; Λ̂ itself where it is positive semi-definite, nil where N is singular.
    package let repaired: Matrix?
    /// Delete-one-experiment jackknife standard errors of Λ̂'s elements; nil below three experiments.
    package let standardErrors: Matrix?
    /// The same of the correlations on Fisher's scale artanh ρ, by `PackedSymmetric.index(i, j)`, from the jackknife
    /// covariance of Λ̂'s elements by the delta method; nil on the diagonal and where ρ̂ is not strictly within ±1.
    package let fisherErrors: [Double?]

    /// Λ̂_ij/√(Λ̂_iiΛ̂_jj); nil where a variance is not positive. May exceed 1 where Λ̂ is indefinite.
    package func correlation(_ i: Int, _ j: Int) -> Double? {
        let product = covariance[i, i] * covariance[j, j]
        guard covariance[i, i] > 0, covariance[j, j] > 0 else { return nil }
        return i == j ? 1 : covariance[i, j] / product.squareRoot()
    }
}
