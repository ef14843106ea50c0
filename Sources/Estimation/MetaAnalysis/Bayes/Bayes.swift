internal import Parallelism
package import Probability

extension MetaAnalysisData {
    /// The posterior of δ ~ Normal(θ, Σ), θ ~ Normal(μ1, τ²I), by quadrature over τ alone.
    ///
    /// Given τ, μ and every θ are normal, so every posterior is a mixture over the nodes of τ. Relative error is below
    /// 1e-8, of probabilities below 1e-3 the absolute error below 1e-11. Linear in effects. Moments that do not exist are
    /// nil. Assumed: normal noise of known variance, true effects of one experiment's arms independent given μ. Source:
    /// D. Pananos, "Musings About The Normal Normal Model", 2026; Röver, Journal of Statistical Software 93(6), 2020.
    /// - Parameters:
    ///   - prior: nil for `defaultPrior()`.
    ///   - correlation: Between effects that share a control.
    ///   - stream: Draws variants for one per experiment.
    ///   - level: Of all intervals.
    ///   - threshold: For the probabilities of exceeding it.
    /// - Throws: `tooFewEffects` and `equalEffects` for the default prior, `invalidPrior`, `improperPosterior` for flat
    ///   priors with too few effects, `zeroNoise`, `invalidLevel`, `noConvergence`, `cancelled`.
    package func posterior(
        prior chosen: Prior? = nil, correlation: EffectCorrelation = .sharedControl, stream: RandomStream,
        level: Double = 0.95, threshold: Double = 0
    ) throws(EstimationError) -> PosteriorFit {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        let prior = if let chosen { chosen } else { try defaultPrior() }
        let blocks = try NoiseBlocks(self, correlation, stream: stream)
        var model = try PosteriorModel(blocks, level: level, threshold: threshold)
        let summaries = try model.summaries(prior)
        let mean = summaries.mean
        let effects = effects(summaries, blocks)
        guard !Cancellation.isRequested else { throw .cancelled }
        return PosteriorFit(
            prior: prior, correlation: correlation, metric: metric, level: level, experimentCount: experimentCount,
            effectCount: blocks.count, threshold: threshold, mean: mean, tau: summaries.tau,
            newEffect: summaries.newEffect(mean), effects: effects, meanDensity: summaries.meanCurve,
            tauDensity: summaries.tauCurve, newEffectDensity: summaries.newEffectCurve, tauZero: summaries.tauZero,
            meanZero: try model.meanZero(summaries))
    }

    private func effects(_ summaries: PosteriorSummaries, _ blocks: NoiseBlocks) -> [PosteriorEffect] {
        zip(blocks.indices, summaries.effects).map { index, summary in
            PosteriorEffect(
                experiment: experiments[experimentIndices[index]], arm: arms[index], effect: effects[index],
                standardError: standardError(index), summary: summary)
        }
    }
}
