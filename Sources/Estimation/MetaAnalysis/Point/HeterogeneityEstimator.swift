/// How τ² is estimated; written P = Σ⁻¹ − Σ⁻¹X(XᵀΣ⁻¹X)⁻¹XᵀΣ⁻¹ and Q = δᵀPδ, on N effects and p coefficients.
///
/// Sources: Viechtbauer, Journal of Educational and Behavioral Statistics 30(3), 2005; Veroniki et al., Research Synthesis
/// Methods 7(1), 2016; standard errors of τ̂² as metafor's `rma.uni`.
package enum HeterogeneityEstimator: String, Sendable, CaseIterable {
    /// Restricted maximum likelihood.
    case reml
    /// Maximum likelihood.
    case ml
    /// τ² = 0: one true effect.
    case fixed
    /// DerSimonian and Laird: (Q − (N − p))/tr P.
    case dl
    /// Paule and Mandel: Q(τ²) = N − p.
    case pm
    /// Empirical Bayes (Morris): the same root as Paule and Mandel's.
    case eb
    /// Hedges: (δᵀP₀δ − tr P₀Σ)/(N − p), P₀ = I − X(XᵀX)⁻¹Xᵀ.
    case he
    /// Sidik and Jonkman, from τ₀² = Σ(δ − δ̄)²/N; independent effects only.
    case sj
    /// Hunter and Schmidt: (Q − N)/Σ1/s²; independent effects only.
    case hs

    /// Whether the estimator is defined for independent effects alone.
    package var needsIndependence: Bool { self == .sj || self == .hs }

    /// Whether it maximises a likelihood, which a profile-likelihood interval and three levels need.
    package var isLikelihood: Bool { self == .reml || self == .ml }
}
