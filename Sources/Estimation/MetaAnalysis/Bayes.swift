package import Probability

extension MetaAnalysisData {
    /// The posterior of δ ~ Normal(θ, Σ), θ ~ Normal(μ1, τ²I), by quadrature over τ alone.
    ///
    /// Given τ, μ and every θ are normal, so every posterior is a mixture over the nodes of τ; relative error is below
    /// 1e-8. Linear in effects. Moments that do not exist are nil. Assumed: normal noise of known variance, true effects
    /// of one experiment's arms independent given μ. Source: D. Pananos, "Musings About The Normal Normal Model", 2026;
    /// Röver, Journal of Statistical Software 93(6), 2020.
    /// - Parameters:
    ///   - prior: nil for `defaultPrior()`.
    ///   - correlation: Between effects that share a control.
    ///   - stream: Draws variants for one per experiment.
    ///   - level: Of all intervals.
    ///   - threshold: For the probabilities of exceeding it.
    /// - Throws: `tooFewEffects` and `equalEffects` for the default prior, `invalidPrior`, `improperPosterior` for flat
    ///   priors with too few effects, `zeroNoise`, `invalidLevel`, `noConvergence`.
    package func posterior(
        prior chosen: Prior? = nil, correlation: EffectCorrelation = .sharedControl, stream: RandomStream,
        level: Double = 0.95, threshold: Double = 0
    ) throws(EstimationError) -> PosteriorFit {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        let prior = if let chosen { chosen } else { try defaultPrior() }
        try prior.check()
        let blocks = try NoiseBlocks(self, correlation, stream: stream)
        let needed = prior.effectsNeeded
        guard blocks.count >= needed else { throw .improperPosterior(needed: needed, found: blocks.count) }
        let distribution = TauDistribution(try TauPosterior(blocks, prior: prior))
        let summaries = PosteriorSummaries(distribution, level: level)
        let mean = summaries.populationMean
        let new = summaries.newEffect
        return PosteriorFit(
            prior: prior, correlation: correlation, metric: metric, level: level, experimentCount: experimentCount,
            effectCount: blocks.count, mean: summaries.summary(of: mean),
            meanProbabilityAbove: mean.upperTail(threshold), tau: summaries.tau,
            newEffect: summaries.summary(
                of: new, hasMean: distribution.posterior.hasMean, hasVariance: distribution.posterior.hasVariance),
            newEffectProbabilityAbove: new.upperTail(threshold), threshold: threshold,
            effects: effects(summaries, blocks, threshold: threshold), meanDensity: summaries.meanCurve(mean),
            tauDensity: summaries.tauCurve)
    }

    private func effects(
        _ summaries: PosteriorSummaries, _ blocks: NoiseBlocks, threshold: Double
    ) -> [PosteriorEffect] {
        var result: [PosteriorEffect] = []
        result.reserveCapacity(blocks.count)
        for k in 0..<blocks.blockCount {
            for (j, mixture) in zip(blocks.range(k), summaries.effects(of: k)) {
                let index = blocks.indices[j]
                result.append(
                    PosteriorEffect(
                        experiment: experiments[experimentIndices[index]], arm: arms[index], effect: effects[index],
                        standardError: standardError(index), summary: summaries.summary(of: mixture, shortest: false),
                        probabilityAbove: mixture.upperTail(threshold)))
            }
        }
        return result
    }
}

extension Prior {
    /// The fewest effects with a proper posterior: a flat prior on τ needs p(δ | τ) to fall faster than 1/τ.
    var effectsNeeded: Int {
        let flatMean = mean == .flat
        return heterogeneity == .flat ? (flatMean ? 3 : 2) : 1
    }
}
