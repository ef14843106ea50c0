/// A random-effects model with its variance components estimated and then taken as known.
package struct MetaAnalysisFit: Sendable, Equatable {
    package let options: RandomEffectsOptions
    package let metric: String
    package let experimentCount: Int
    package let effectCount: Int
    /// By generalised least squares, the intercept first; it alone, μ̂, without moderators.
    package let coefficients: [Coefficient]
    /// N − p.
    package let residualDegreesOfFreedom: Double
    /// All moderators together; nil without.
    package let moderatorTest: ModeratorTest?
    /// τ̂²; with three levels the sum of both.
    package let tauSquared: Double
    /// nil where the information is not positive.
    package let tauSquaredStandardError: Double?
    /// By inverting Q(τ²) (Q-profile); bounds below zero are 0. nil with three levels, or where not asked for.
    package let tauSquaredInterval: ConfidenceInterval?
    /// Of τ² by the profile (restricted) likelihood; nil for estimators that do not maximise one, with three levels, or
    /// where not asked for.
    package let profileLikelihoodInterval: ConfidenceInterval?
    /// σ² of each level; nil with one level.
    package let components: VarianceComponents?
    package let qProfile: QProfile?
    /// Q = δᵀPδ at τ² = 0, on `residualDegreesOfFreedom`.
    package let q: Double
    package let qPValue: Double
    /// τ̂²/(τ̂² + v) with v = (N − p)/tr P, between 0 and 1; (Q − (N − p))/Q for `fixed`, no less than 0.
    package let iSquared: Double
    /// τ̂²/v + 1; Q/(N − p) for `fixed`.
    package let hSquared: Double
    /// Of a new experiment's true effect: μ̂ ± c√(se² + τ̂²), c of the coefficients' test. nil with moderators and for
    /// `fixed`.
    package let predictionInterval: ConfidenceInterval?
    /// At the estimate, with constants; restricted for `reml`.
    package let logLikelihood: Double
    /// Every effect that was used, shrunken; empirical Bayes. Empty where not asked for.
    package let effects: [ShrunkenEffect]
    package let robust: RobustErrors?
    /// In the order of experiments; nil where not asked for.
    package let influence: [ExperimentInfluence]?
    package let repeats: RepeatedDraws?

    package var estimator: HeterogeneityEstimator { options.estimator }
    package var correlation: EffectCorrelation { options.correlation }
    package var level: Double { options.level }
    package var tau: Double { tauSquared.squareRoot() }
    /// μ̂; the intercept with moderators.
    package var mean: Double { coefficients[0].estimate }
    package var meanStandardError: Double { coefficients[0].standardError }
    package var meanInterval: ConfidenceInterval { coefficients[0].interval }
    package var meanPValue: Double { coefficients[0].pValue }
    package var qDegreesOfFreedom: Double { residualDegreesOfFreedom }
}

extension MetaAnalysisFit {
    /// Whether all numbers are; noises of too different orders of magnitude overflow on the way.
    var isFinite: Bool {
        let numbers =
            coefficients.flatMap { [$0.estimate, $0.standardError, $0.statistic, $0.interval.lower] }
            + [tauSquared, q, qPValue, iSquared, hSquared, logLikelihood, moderatorTest?.statistic ?? 0]
            + [tauSquaredInterval, profileLikelihoodInterval, predictionInterval].compactMap { $0?.upper }
        return numbers.allSatisfy { $0.isFinite }
            && effects.allSatisfy { $0.mean.isFinite && $0.standardDeviation.isFinite && $0.weight.isFinite }
    }
}

/// A coefficient with its test against zero.
package struct Coefficient: Sendable, Equatable {
    /// `intercept`, or the moderator's.
    package let name: String
    package let estimate: Double
    package let standardError: Double
    /// z or t.
    package let statistic: Double
    /// nil for z.
    package let degreesOfFreedom: Double?
    /// Two-sided.
    package let pValue: Double
    package let interval: ConfidenceInterval
}

/// Whether all moderators together explain anything.
package struct ModeratorTest: Sendable, Equatable {
    /// Wald's χ², or F with Knapp and Hartung's errors.
    package let statistic: Double
    package let degreesOfFreedom: Double
    /// F's denominator; nil for χ².
    package let denominatorDegreesOfFreedom: Double?
    package let pValue: Double
    /// (τ²₀ − τ̂²)/τ²₀ with τ²₀ by the same estimator without moderators, no less than 0; for `fixed` the adjusted R² of the
    /// weighted regression. nil where τ²₀ is 0.
    package let rSquared: Double?
}

/// One true effect given the variance components, coefficients integrated out.
package struct ShrunkenEffect: Sendable, Equatable {
    package let experiment: String
    package let arm: String
    /// δ and its standard error.
    package let effect: Double
    package let standardError: Double
    /// 1ᵀB⁻¹ at this effect over 1ᵀB⁻¹1: its share of the weighted mean, which is negative for some strongly correlated ones.
    package let weight: Double
    /// E[θ | δ, τ̂²], and its standard deviation, which counts μ̂'s error but not τ̂²'s.
    package let mean: Double
    package let standardDeviation: Double
    package let interval: ConfidenceInterval
}
