internal import MCMC
internal import Parallelism
package import Probability

extension MetaAnalysisData {
    /// The posterior of the hierarchical normal model by the No-U-Turn sampler, in a few numbers.
    ///
    /// Assumed: as `posterior`, whose exact results these approach as draws grow. Moments that do not exist are nil.
    /// Sources: D. Pananos, "Musings About The Normal Normal Model", 2026; Hoffman and Gelman, "The No-U-Turn Sampler",
    /// JMLR 15, 2014.
    /// - Parameters:
    ///   - prior: nil for `defaultPrior()`.
    ///   - correlation: Between effects that share a control.
    ///   - stream: Of all draws, and for one per experiment of variants.
    ///   - level: Of all intervals.
    ///   - threshold: For the probabilities of exceeding it.
    /// - Throws: What `posterior` throws; `invalidSampling`.
    package func sampledPosterior(
        prior chosen: Prior? = nil, correlation: EffectCorrelation = .sharedControl, stream: RandomStream,
        level: Double = 0.95, threshold: Double = 0, options: SamplingOptions = SamplingOptions()
    ) throws(EstimationError) -> SampledFit {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        let prior = if let chosen { chosen } else { try defaultPrior() }
        let draws = try posteriorDraws(prior: prior, correlation: correlation, stream: stream, options: options)
        let summaries = SampledSummaries(level: level, threshold: threshold)
        let count = draws.frame.blocks.count
        let moments = prior.moments(effects: count)
        // Given a proper prior μ has all moments; else those of τ.
        let isProper = prior.mean != .flat
        let mean = summaries.summary(
            draws.mean, hasMean: isProper || moments.mean, hasVariance: isProper || moments.variance)
        let tau = summaries.summary(draws.tau, hasMean: moments.mean, hasVariance: moments.variance)
        let new = summaries.summary(
            draws.newEffects(), hasMean: moments.mean, hasVariance: moments.variance)
        let effects = effects(draws, summaries)
        // Draws whose squares leave the range of numbers.
        guard ([mean, tau, new] + effects.map(\.summary)).allSatisfy(\.isFinite) else {
            throw .noConvergence(method: "The No-U-Turn sampler")
        }
        return SampledFit(
            prior: prior, correlation: correlation, metric: metric, level: level, experimentCount: experimentCount,
            effectCount: count, threshold: threshold, mean: mean, tau: tau,
            newEffect: new, effects: effects, sampler: draws.report, chains: SampledTraces(draws),
            ranks: SampledRanks(draws),
            pairs: SampledPairs(draws),
            findings: SamplingFindings(draws.report, mean: mean, tau: tau, effects: effects).sentences)
    }

    /// Draws from the same posterior.
    ///
    /// - Throws: What `posterior` throws; `invalidSampling`.
    package func posteriorDraws(
        prior chosen: Prior? = nil, correlation: EffectCorrelation = .sharedControl, stream: RandomStream,
        options: SamplingOptions = SamplingOptions()
    ) throws(EstimationError) -> PosteriorDraws {
        let prior = if let chosen { chosen } else { try defaultPrior() }
        try prior.check()
        let blocks = try NoiseBlocks(self, correlation, stream: stream)
        let needed = prior.effectsNeeded
        guard blocks.count >= needed else { throw .improperPosterior(needed: needed, found: blocks.count) }
        try options.check(effects: blocks.count)
        let frame = SamplingFrame(blocks, prior: prior)
        let walk = RandomStream(seed: stream.seed, identifier: stream.identifier + " chains")
        let chains: [SampledChain]
        do {
            chains =
                switch options.parameterisation {
                case .integrated:
                    try NoUTurnSampler.chains(
                        of: MarginalDensity(frame: frame), settings: options.settings, stream: walk)
                case .nonCentred:
                    try NoUTurnSampler.chains(of: JointDensity(frame), settings: options.settings, stream: walk)
                }
        } catch {
            throw .noConvergence(method: "The No-U-Turn sampler")
        }
        return PosteriorDraws(frame, chains, options: options, stream: stream)
    }

    private func effects(_ draws: PosteriorDraws, _ summaries: SampledSummaries) -> [SampledEffect] {
        let parts = Chunks(of: draws.blockCount, size: 4)
        return concurrentMap(parts.count) { part in
            parts[part].flatMap { k in
                let indices = draws.indices(ofBlock: k)
                let flat = draws.flatEffects(ofBlock: k)
                return indices.enumerated().map { column, index in
                    let chains = (0..<draws.chainCount).map { chain in
                        (0..<draws.drawCount).map { flat[(chain * draws.drawCount + $0) * indices.count + column] }
                    }
                    return SampledEffect(
                        experiment: experiments[experimentIndices[index]], arm: arms[index], effect: effects[index],
                        standardError: standardError(index), summary: summaries.summary(chains))
                }
            }
        }.flatMap { $0 }
    }
}

extension Prior {
    /// Whether τ's posterior has a mean and a variance: its density falls like τ to the minus (effects, less one with a flat
    /// mean, and the prior's own power).
    func moments(effects count: Int) -> (mean: Bool, variance: Bool) {
        let power = Double(count) - (mean == .flat ? 1 : 0) + heterogeneity.tailPower
        return (power > 2, power > 3)
    }
}
