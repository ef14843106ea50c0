/// The posterior of the hierarchical model, exact up to quadrature over τ.
package struct PosteriorFit: Sendable, Equatable {
    package let prior: Prior
    package let correlation: EffectCorrelation
    package let metric: String
    package let level: Double
    package let experimentCount: Int
    package let effectCount: Int
    /// What `probabilityAbove` is of, in every summary.
    package let threshold: Double
    /// μ.
    package let mean: PosteriorSummary
    package let tau: PosteriorSummary
    /// A new experiment's true effect.
    package let newEffect: PosteriorSummary
    /// Every θ that was used.
    package let effects: [PosteriorEffect]
    /// p(μ | δ).
    package let meanDensity: DensityCurve
    /// p(τ | δ).
    package let tauDensity: DensityCurve
    /// p(θ_new | δ).
    package let newEffectDensity: DensityCurve
    /// Of τ = 0; nil where τ's prior is flat.
    package let tauZero: BayesFactor?
    /// Of μ = 0; nil where μ's prior is flat.
    package let meanZero: BayesFactor?
}

/// A posterior in a few numbers.
package struct PosteriorSummary: Sendable, Equatable {
    package let median: Double
    /// nil where the posterior has none.
    package let mean: Double?
    /// nil where the posterior has none.
    package let standardDeviation: Double?
    /// Equal tails.
    package let interval: ConfidenceInterval
    /// The shortest: of highest density where the density has one mode.
    package let shortestInterval: ConfidenceInterval
    package let probabilityAboveZero: Double
    /// Of exceeding the fit's threshold.
    package let probabilityAbove: Double
}

/// One true effect.
package struct PosteriorEffect: Sendable, Equatable {
    package let experiment: String
    package let arm: String
    /// δ and its standard error.
    package let effect: Double
    package let standardError: Double
    package let summary: PosteriorSummary
}

/// A density at points in ascending order.
package struct DensityCurve: Sendable, Equatable {
    package let x: [Double]
    package let y: [Double]
    /// The prior's density at the same points; nil where the prior is flat or there is none.
    package let prior: [Double]?
}
