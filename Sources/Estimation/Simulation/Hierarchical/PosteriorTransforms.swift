internal import Probability

/// Where a posterior has its middles, and at which of its quantiles the truth lies.
struct PosteriorTransforms: Sendable {
    /// A parameter's estimate and where the truth lies.
    struct Transform: Sendable {
        let estimate: Double
        /// The distribution function at the truth, or the truth's rank among draws: uniform if the posterior is right.
        let probability: Double
        /// The posterior's share below the truth, by which intervals hold it or do not.
        let share: Double
    }

    /// By its median.
    let mean: Transform
    /// By its median.
    let tau: Transform
    /// Of every effect that was used, by its number in the data; by its mean.
    let effects: [(index: Int, transform: Transform)]

    /// - Throws: what `MetaAnalysisData.posterior` throws.
    init(
        _ draw: HierarchicalDraw, prior chosen: Prior?, _ correlation: EffectCorrelation, stream: RandomStream
    ) throws(EstimationError) {
        let prior = if let chosen { chosen } else { try draw.data.defaultPrior() }
        let blocks = try NoiseBlocks(draw.data, correlation, stream: stream)
        var model = try PosteriorModel(blocks, level: 0.95, threshold: 0)
        let summaries = try model.summaries(prior)
        let (population, distribution) = (summaries.populationMean, summaries.distribution)
        let unit = summaries.reader.unit
        mean = Transform(
            estimate: population.quantile(0.5) * unit, probability: population.cumulative(draw.mean / unit))
        tau = Transform(
            estimate: distribution.quantile(0.5) * unit, probability: distribution.cumulative(draw.tau / unit))
        var moments = BlockMoments(model.blocks, coarse: nil, fine: distribution.fullRule)
        var effects: [(index: Int, transform: Transform)] = []
        effects.reserveCapacity(blocks.count)
        for k in 0..<blocks.blockCount {
            moments.fill(k)
            for (i, j) in blocks.range(k).enumerated() {
                let truth = draw.effects[blocks.indices[j]] / unit
                let transform = moments.read(i) { _, mixture in
                    Transform(estimate: mixture.moments.mean * unit, probability: mixture.tail(truth, upper: false))
                }
                effects.append((blocks.indices[j], transform))
            }
        }
        self.effects = effects
    }
}

extension PosteriorTransforms.Transform {
    /// Of an exact posterior, whose distribution function is both.
    fileprivate init(estimate: Double, probability: Double) {
        self.init(estimate: estimate, probability: probability, share: probability)
    }
}
