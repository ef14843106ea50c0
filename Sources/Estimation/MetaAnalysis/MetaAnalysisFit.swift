/// How τ² is estimated.
package enum HeterogeneityEstimator: String, Sendable, CaseIterable {
    case reml
    case ml
}

/// A random-effects model with τ² estimated and then taken as known.
package struct MetaAnalysisFit: Sendable, Equatable {
    package let estimator: HeterogeneityEstimator
    package let correlation: EffectCorrelation
    package let metric: String
    package let level: Double
    package let experimentCount: Int
    package let effectCount: Int
    /// μ̂ by generalised least squares.
    package let mean: Double
    package let meanStandardError: Double
    /// Normal.
    package let meanInterval: ConfidenceInterval
    /// Two-sided, of μ = 0.
    package let meanPValue: Double
    /// τ̂².
    package let tauSquared: Double
    /// From the expected information; nil where that is not positive.
    package let tauSquaredStandardError: Double?
    /// By inverting Q (Q-profile); bounds below zero are 0.
    package let tauSquaredInterval: ConfidenceInterval
    /// Q = δᵀPδ at τ² = 0.
    package let q: Double
    package let qDegreesOfFreedom: Double
    package let qPValue: Double
    /// τ̂²/(τ̂² + (N − 1)/tr P), between 0 and 1.
    package let iSquared: Double
    /// Of a new experiment's true effect, normal: μ̂ ± z√(se² + τ̂²).
    package let predictionInterval: ConfidenceInterval
    /// The (restricted) log-likelihood at its maximum, with its constants.
    package let logLikelihood: Double
    /// Every effect that was used, shrunken; empirical Bayes.
    package let effects: [ShrunkenEffect]

    package var tau: Double { tauSquared.squareRoot() }
}

/// One true effect given τ̂², μ integrated out.
package struct ShrunkenEffect: Sendable, Equatable {
    package let experiment: String
    package let arm: String
    /// δ and its standard error.
    package let effect: Double
    package let standardError: Double
    /// E[θ | δ, τ̂²], and its standard deviation, which counts μ̂'s error but not τ̂²'s.
    package let mean: Double
    package let standardDeviation: Double
    package let interval: ConfidenceInterval
}
