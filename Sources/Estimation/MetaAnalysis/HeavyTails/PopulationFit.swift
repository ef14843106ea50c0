/// True effects under a law fitted to them: empirical Bayes, with the law's parameters taken as known.
package struct PopulationFit: Sendable, Equatable {
    package let population: FittedPopulation
    package let correlation: EffectCorrelation
    package let metric: String
    package let level: Double
    /// For `probabilityAbove`.
    package let threshold: Double
    package let experimentCount: Int
    package let effectCount: Int
    package let logLikelihood: Double
    /// Every law's fit: normal, student-t, spike-normal.
    package let comparison: [LawComparison]
    /// Every effect that was used.
    package let effects: [PopulationEffect]
}

/// One true effect given δ and the law.
package struct PopulationEffect: Sendable, Equatable {
    package let experiment: String
    package let arm: String
    /// δ and its standard error.
    package let effect: Double
    package let standardError: Double
    package let median: Double
    package let mean: Double
    package let standardDeviation: Double
    /// Equal tails.
    package let interval: ConfidenceInterval
    /// P(θ > 0).
    package let probabilityAboveZero: Double
    /// P(θ > threshold).
    package let probabilityAbove: Double
    /// P(θ = 0); 0 under a law without a spike.
    package let probabilityZero: Double
    /// Local false sign rate: min(P(θ ≤ 0), P(θ ≥ 0)).
    package let falseSignRate: Double
}
