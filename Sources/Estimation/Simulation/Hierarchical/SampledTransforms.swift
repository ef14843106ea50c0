internal import MCMC
internal import Probability

extension PosteriorTransforms {
    /// The same from draws of the No-U-Turn sampler, thinned until they are as good as independent.
    ///
    /// Of every chain 25 draws are kept, a fixed number apart; chains grow fourfold until every bulk effective sample
    /// size is at least the number kept in all. The rank r of the truth among L kept draws becomes (r + u)/(L + 1) with u
    /// uniform, which is uniform if the posterior is right, for any number of bins. Middles and coverage are those of all
    /// draws. Source: Talts et al., arXiv 1804.06788, section 5.1.
    /// - Throws: what `MetaAnalysisData.posteriorDraws` throws; `noConvergence` where 16,000 draws a chain do not do.
    init(
        sampling draw: HierarchicalDraw, prior: Prior?, _ correlation: EffectCorrelation, stream: RandomStream
    ) throws(EstimationError) {
        for draws in [250, 1000, 4000, 16_000] {
            let options = SamplingOptions(chains: 4, warmup: 500, draws: draws)
            let found = try draw.data.posteriorDraws(
                prior: prior, correlation: correlation, stream: stream, options: options)
            if let transforms = PosteriorTransforms(found, draw, stream: stream) {
                self = transforms
                return
            }
        }
        throw .noConvergence(method: "The No-U-Turn sampler")
    }

    /// nil where the draws are too few to be thinned to independence.
    private init?(_ found: PosteriorDraws, _ draw: HierarchicalDraw, stream: RandomStream) {
        let jitter = RandomStream(seed: stream.seed, identifier: stream.identifier + " ranks")
        let first = found.blockCount > 0 ? found.effects(ofBlock: 0).map { $0[0] } : []
        let byChain = (0..<found.chainCount).map { chain in
            Array(first[chain * found.drawCount..<(chain + 1) * found.drawCount])
        }
        let kept = Double(found.chainCount * PosteriorTransforms.keptPerChain)
        for chains in [found.mean, found.logTau, byChain] {
            guard let size = ChainDiagnostics(chains).essBulk, size >= kept else { return nil }
        }
        mean = Transform(chains: found.mean, truth: draw.mean, uniform: jitter.uniform(0), isMedian: true)
        tau = Transform(chains: found.tau, truth: draw.tau, uniform: jitter.uniform(1), isMedian: true)
        var effects: [(index: Int, transform: Transform)] = []
        for k in 0..<found.blockCount {
            let rows = found.effects(ofBlock: k)
            for (i, index) in found.indices(ofBlock: k).enumerated() {
                let chains = (0..<found.chainCount).map { chain in
                    rows[chain * found.drawCount..<(chain + 1) * found.drawCount].map { $0[i] }
                }
                effects.append(
                    (
                        index,
                        Transform(
                            chains: chains, truth: draw.effects[index], uniform: jitter.uniform(2 + index),
                            isMedian: false)
                    ))
            }
        }
        self.effects = effects
    }

    static let keptPerChain = 25
}

extension PosteriorTransforms.Transform {
    /// - Parameter isMedian: Whether the estimate is the median of all draws, not their mean.
    fileprivate init(chains: [[Double]], truth: Double, uniform: Double, isMedian: Bool) {
        let all = chains.flatMap { $0 }
        let kept = chains.flatMap { chain in
            let step = max(1, chain.count / PosteriorTransforms.keptPerChain)
            return stride(from: step - 1, to: chain.count, by: step).map { chain[$0] }
        }
        estimate = (isMedian ? SampleQuantiles.quantile(0.5, of: all) : nil) ?? SampleMoments.mean(all)
        probability = (Double(kept.count { $0 < truth }) + uniform) / Double(kept.count + 1)
        share = Double(all.count { $0 < truth }) / Double(all.count)
    }
}
