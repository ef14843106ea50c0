internal import LinearAlgebra
package import Probability

/// The law of true effects as something else has told it: θ ~ Normal(μ1, τ²I) with τ known and μ ~ Normal(mean, error²).
package struct KnownPopulation: Sendable, Equatable {
    package var mean: Double
    /// 0 where μ is known.
    package var meanStandardError: Double
    package var tau: Double

    package init(mean: Double, meanStandardError: Double = 0, tau: Double) {
        self.mean = mean
        self.meanStandardError = meanStandardError
        self.tau = tau
    }
}

/// Effects shrunken towards a population that is known.
package struct KnownPopulationFit: Sendable, Equatable {
    /// μ given the effects; a known one stays as it is.
    package let mean: Double
    package let meanStandardError: Double
    package let effects: [ShrunkenEffect]
}

extension MetaAnalysisData {
    /// E[θ | δ] and its spread for δ ~ Normal(θ, Σ) and θ of a known population.
    ///
    /// With A = 1ᵀB⁻¹1, b = 1ᵀB⁻¹δ and s the error of μ, μ given δ has mean (m + s²b)/(1 + As²) and variance s²/(1 + As²);
    /// then every θ as in `Shrinkage`. An infinite s would be the fit with τ² at this value. One effect is enough. Linear in
    /// effects. Assumed: normal noise of known variance, true effects independent given μ.
    /// - Throws: `invalidPrior`, `invalidLevel`, `zeroNoise`, `singularCovariance`, `indefiniteNoise`, `noConvergence` where
    ///   numbers leave the range of doubles.
    package func shrunken(
        under population: KnownPopulation, correlation: EffectCorrelation = .sharedControl, stream: RandomStream,
        level: Double = 0.95
    ) throws(EstimationError) -> KnownPopulationFit {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        guard population.mean.isFinite else { throw .invalidPrior("A known mean is finite") }
        for scale in [population.tau, population.meanStandardError] where !(scale >= 0 && scale.isFinite) {
            throw .invalidPrior("A known τ and the error of a mean are not below zero, and finite")
        }
        let indices = indices(correlation, stream: stream)
        let model = try EffectModel(
            self, correlation, indices: indices, design: Design([], count: count, indices: indices))
        let tau = population.tau / model.unit
        let point = try LikelihoodPoint(model, Components(arm: tau * tau))
        let error = population.meanStandardError / model.unit
        let prior = population.mean / model.unit - model.offset[0]
        let scale = 1 + point.sums.forms[0] * error * error
        let beta = (prior + error * error * point.sums.forms[1]) / scale
        let variance = error * error / scale
        let made = Shrinkage(
            data: self, model: model, point: point, beta: beta, variance: variance,
            multiple: Normal.standard.upperQuantile((1 - level) / 2))
        let fit = KnownPopulationFit(
            mean: (beta + model.offset[0]) * model.unit, meanStandardError: variance.squareRoot() * model.unit,
            effects: made.effects)
        guard fit.mean.isFinite, fit.effects.allSatisfy({ $0.mean.isFinite && $0.standardDeviation.isFinite }) else {
            throw .noConvergence(method: "Shrinkage towards a known population")
        }
        return fit
    }
}
