internal import Probability

/// What is read off the posterior of one prior, in data's units.
struct PosteriorSummaries: Sendable {
    let distribution: TauDistribution
    /// Data's units in one of the distribution's.
    let unit: Double
    let level: Double
    /// In the distribution's unit.
    let threshold: Double

    init(_ distribution: TauDistribution, unit: Double = 1, level: Double, threshold: Double = 0) {
        self.distribution = distribution
        self.unit = unit
        self.level = level
        self.threshold = threshold
    }

    private var posterior: TauPosterior { distribution.posterior }
    private var blocks: NoiseBlocks { posterior.blocks }

    /// μ, in the distribution's unit.
    var populationMean: NormalMixture {
        NormalMixture(
            weights: distribution.weights, means: distribution.means.map { $0 + blocks.centre },
            deviations: distribution.variances.map { $0.squareRoot() })
    }

    /// A new experiment's true effect, in the distribution's unit.
    var newEffectMixture: NormalMixture {
        NormalMixture(
            weights: distribution.weights, means: distribution.means.map { $0 + blocks.centre },
            deviations: zip(distribution.variances, distribution.taus).map { ($0 + $1 * $1).squareRoot() })
    }

    /// The true effects of block k, in the distribution's unit.
    func effects(of k: Int) -> [NormalMixture] {
        let size = blocks.range(k).count
        var centres = Array(repeating: [Double](), count: size)
        var deviations = centres
        for (q, tau) in distribution.taus.enumerated() {
            let posterior = BlockPosterior(blocks, k, tau * tau)
            for i in 0..<size {
                centres[i].append(posterior.mean(i, populationMean: distribution.means[q]) + blocks.centre)
                deviations[i].append(posterior.variance(i, meanVariance: distribution.variances[q]).squareRoot())
            }
        }
        return zip(centres, deviations).map {
            NormalMixture(weights: distribution.weights, means: $0, deviations: $1)
        }
    }

    /// μ. With a flat prior on it, it has the moments that τ has.
    var mean: PosteriorSummary {
        let mixture = populationMean
        guard posterior.prior.mean == .flat else { return summary(of: mixture) }
        // Beyond the tail's start μ | τ has the variance τ²/n.
        let tail = distribution.tailSquare(about: 0) / Double(blocks.count)
        let variance = mixture.standardDeviation * mixture.standardDeviation + tail
        return summary(of: mixture, moments: (posterior.hasMean, posterior.hasVariance ? variance : nil))
    }

    /// A new experiment's true effect, μ plus a deviation of variance τ².
    var newEffect: PosteriorSummary {
        var variance = distribution.variance
        if let spread = variance, let centre = distribution.mean, let error = mean.standardDeviation {
            let deviation = error / unit
            variance = deviation * deviation + spread + centre * centre
        }
        return summary(of: newEffectMixture, moments: (posterior.hasMean, variance))
    }

    func summary(of mixture: NormalMixture) -> PosteriorSummary {
        summary(of: mixture, moments: (true, mixture.standardDeviation * mixture.standardDeviation))
    }

    private func summary(
        of mixture: NormalMixture, moments: (hasMean: Bool, variance: Double?)
    ) -> PosteriorSummary {
        let tails = ConfidenceInterval(
            lower: mixture.quantile((1 - level) / 2), upper: mixture.quantile((1 + level) / 2))
        return PosteriorSummary(
            median: mixture.quantile(0.5) * unit, mean: moments.hasMean ? mixture.mean * unit : nil,
            standardDeviation: moments.variance.map { $0.squareRoot() * unit }, interval: tails.scaled(by: unit),
            shortestInterval: mixture.shortestInterval(level, from: tails).scaled(by: unit),
            probabilityAboveZero: mixture.upperTail(0), probabilityAbove: mixture.upperTail(threshold))
    }

    var tau: PosteriorSummary {
        PosteriorSummary(
            median: distribution.quantile(0.5) * unit, mean: distribution.mean.map { $0 * unit },
            standardDeviation: distribution.variance.map { $0.squareRoot() * unit },
            interval: ConfidenceInterval(
                lower: distribution.quantile((1 - level) / 2), upper: distribution.quantile((1 + level) / 2)
            ).scaled(by: unit),
            shortestInterval: ShortestInterval.search(
                level, quantile: distribution.quantile, density: distribution.density
            ).scaled(by: unit),
            probabilityAboveZero: 1, probabilityAbove: 1 - distribution.cumulative(threshold))
    }

    /// Of τ = 0; nil where τ's prior is flat.
    var tauZero: BayesFactor? {
        guard posterior.prior.heterogeneity != .flat else { return nil }
        return BayesFactor(log: posterior.logLikelihood(blocks.information(0)) - posterior.logEvidence)
    }
}

extension ConfidenceInterval {
    func scaled(by factor: Double) -> ConfidenceInterval {
        ConfidenceInterval(lower: lower * factor, upper: upper * factor)
    }
}
