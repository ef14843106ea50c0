internal import Probability

/// Effects in a unit near their size, so that no square leaves the range of numbers, and what is read off posteriors.
struct PosteriorModel: Sendable {
    let blocks: NoiseBlocks
    /// A power of two: results in it are multiplied by it, exactly.
    let unit: Double
    private let reader: MixtureReader
    private var table: LikelihoodTable

    /// - Throws: `invalidLevel`; `noConvergence` where noise is below 1e-70 of the effects, or nothing is finite.
    init(_ original: NoiseBlocks, level: Double, threshold: Double) throws(EstimationError) {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        var largest = 0.0
        for effect in original.effects { largest = max(largest, effect.magnitude) }
        for variance in original.own { largest = max(largest, variance.squareRoot()) }
        guard largest > 0, largest.isFinite else { throw .noConvergence(method: "The quadrature over τ") }
        unit = largest.binade
        blocks = NoiseBlocks(original, inUnitsOf: unit)
        guard blocks.own.allSatisfy({ $0 > 1e-140 }) else { throw .noConvergence(method: "The quadrature over τ") }
        reader = MixtureReader(unit: unit, level: level, threshold: threshold / unit)
        table = LikelihoodTable(blocks)
    }

    /// The posterior under a prior, both in data's units.
    ///
    /// - Throws: `invalidPrior`, `improperPosterior`, `noConvergence`.
    mutating func summaries(_ prior: Prior) throws(EstimationError) -> PosteriorSummaries {
        try prior.check()
        let needed = prior.effectsNeeded
        guard blocks.count >= needed else { throw .improperPosterior(needed: needed, found: blocks.count) }
        let scaled = prior.inUnits(of: unit)
        try scaled.check()
        let distribution = TauDistribution(try TauPosterior(&table, prior: scaled))
        return PosteriorSummaries(distribution: distribution, reader: reader)
    }

    /// The Bayes factor of μ = 0 under a prior in data's units; nil where μ's is flat. p(δ | μ = 0) is the evidence
    /// of a normal prior without spread.
    ///
    /// - Throws: `noConvergence`.
    mutating func meanZero(_ posterior: PosteriorSummaries) throws(EstimationError) -> BayesFactor? {
        let model = posterior.distribution.posterior
        guard model.prior.mean != .flat else { return nil }
        let null = Prior(
            mean: .normal(mean: 0, standardDeviation: 0), heterogeneity: model.prior.heterogeneity)
        return BayesFactor(log: try TauPosterior(&table, prior: null).logEvidence - model.logEvidence)
    }
}
