package import Probability

/// What one prior makes of the effects.
package struct PriorSensitivity: Sendable, Equatable {
    package let prior: Prior
    /// μ.
    package let mean: PosteriorSummary
    package let tau: PosteriorSummary
    /// Of τ = 0; nil where τ's prior is flat.
    package let tauZero: BayesFactor?
}

extension MetaAnalysisData {
    /// The posterior of μ and τ under each of several priors; the likelihood is computed once for all.
    ///
    /// - Parameters:
    ///   - priors: At least one.
    ///   - correlation: Between effects that share a control.
    ///   - stream: Draws variants for one per experiment.
    ///   - level: Of all intervals.
    ///   - threshold: For the probabilities of exceeding it.
    /// - Throws: `invalidPrior`, `improperPosterior` for flat priors with too few effects, `zeroNoise`, `invalidLevel`,
    ///   `noConvergence`.
    package func sensitivity(
        to priors: [Prior], correlation: EffectCorrelation = .sharedControl, stream: RandomStream,
        level: Double = 0.95, threshold: Double = 0
    ) throws(EstimationError) -> [PriorSensitivity] {
        var model = try PosteriorModel(
            NoiseBlocks(self, correlation, stream: stream), level: level, threshold: threshold)
        var result: [PriorSensitivity] = []
        for prior in priors {
            let summaries = try model.summaries(prior)
            result.append(
                PriorSensitivity(
                    prior: prior, mean: summaries.mean, tau: summaries.tau,
                    tauZero: summaries.tauZero))
        }
        return result
    }

    /// Priors to hold an analysis's prior against: itself; τ's scale halved and doubled; half-normal of its scale,
    /// uniform up to five times it, flat; and flat for μ. Those without a proper posterior are left out, and a prior
    /// stands once.
    ///
    /// A flat prior of τ has no scale; the default prior's is taken, and where there is none (one effect, equal effects)
    /// only priors without a scale are listed.
    package func sensitivityPriors(around prior: Prior, correlation: EffectCorrelation = .sharedControl) -> [Prior] {
        let scale = prior.heterogeneity.scale ?? (try? defaultPrior())?.heterogeneity.scale
        var laws: [HeterogeneityPrior] = [
            prior.heterogeneity, prior.heterogeneity.scaled(by: 0.5), prior.heterogeneity.scaled(by: 2),
        ]
        if let scale { laws += [.halfNormal(scale: scale), .uniform(upper: 5 * scale)] }
        laws.append(.flat)
        var priors = laws.map { Prior(mean: prior.mean, heterogeneity: $0) }
        priors.append(Prior(mean: .flat, heterogeneity: prior.heterogeneity))
        let used = correlation == .onePerExperiment ? experimentCount : count
        return priors.enumerated().filter { index, candidate in
            candidate.effectsNeeded <= used && !priors[..<index].contains(candidate)
        }.map(\.element)
    }
}
