/// The posterior of the hierarchical model, exact up to quadrature over τ.
package struct PosteriorFit: Sendable, Equatable {
    package let prior: Prior
    package let correlation: EffectCorrelation
    package let metric: String
    package let level: Double
    package let experimentCount: Int
    package let effectCount: Int
    /// μ.
    package let mean: PosteriorSummary
    /// P(μ > threshold).
    package let meanProbabilityAbove: Double
    package let tau: PosteriorSummary
    /// A new experiment's true effect.
    package let newEffect: PosteriorSummary
    package let newEffectProbabilityAbove: Double
    package let threshold: Double
    /// Every θ that was used.
    package let effects: [PosteriorEffect]
    /// p(μ | δ).
    package let meanDensity: DensityCurve
    /// p(τ | δ).
    package let tauDensity: DensityCurve
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
    /// The shortest; nil for θ, where it is not computed.
    package let shortestInterval: ConfidenceInterval?
}

/// One true effect.
package struct PosteriorEffect: Sendable, Equatable {
    package let experiment: String
    package let arm: String
    /// δ and its standard error.
    package let effect: Double
    package let standardError: Double
    package let summary: PosteriorSummary
    /// P(θ > threshold).
    package let probabilityAbove: Double
}

/// A density at points in ascending order.
package struct DensityCurve: Sendable, Equatable {
    package let x: [Double]
    package let y: [Double]
}
