internal import Probability

/// What is read off the posterior of one prior, in data's units.
struct PosteriorSummaries: Sendable {
    let distribution: TauDistribution
    let reader: MixtureReader

    private var unit: Double { reader.unit }
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

    /// μ. With a flat prior on it, it has the moments that τ has.
    var mean: PosteriorSummary {
        populationMean.read { mixture in
            guard posterior.prior.mean == .flat else { return reader.summary(of: mixture) }
            let moments = mixture.moments
            // Beyond the tail's start μ | τ has the variance τ²/n.
            let tail = distribution.tailSquare(about: 0) / Double(blocks.count)
            let variance = moments.deviation * moments.deviation + tail
            return reader.summary(
                of: mixture,
                moments: (posterior.hasMean ? moments.mean : nil, posterior.hasVariance ? variance.squareRoot() : nil))
        }
    }

    /// A new experiment's true effect, μ plus a deviation of variance τ².
    func newEffect(_ mean: PosteriorSummary) -> PosteriorSummary {
        var deviation: Double?
        if let spread = distribution.variance, let centre = distribution.mean, let error = mean.standardDeviation {
            deviation = (error / unit * (error / unit) + spread + centre * centre).squareRoot()
        }
        return newEffectMixture.read {
            reader.summary(of: $0, moments: (posterior.hasMean ? $0.moments.mean : nil, deviation))
        }
    }

    /// Every θ, in the blocks' order.
    var effects: [PosteriorSummary] { EffectPosteriors(distribution: distribution, reader: reader).summaries() }

    var tau: PosteriorSummary {
        PosteriorSummary(
            median: distribution.quantile(0.5) * unit, mean: distribution.mean.map { $0 * unit },
            standardDeviation: distribution.variance.map { $0.squareRoot() * unit },
            interval: ConfidenceInterval(
                lower: distribution.quantile((1 - reader.level) / 2),
                upper: distribution.quantile((1 + reader.level) / 2)
            ).scaled(by: unit),
            shortestInterval: ShortestInterval.search(
                reader.level, quantile: distribution.quantile, density: distribution.density
            ).scaled(by: unit),
            probabilityAboveZero: 1, probabilityAbove: 1 - distribution.cumulative(reader.threshold))
    }

    /// Of τ = 0; nil where τ's prior is flat.
    var tauZero: BayesFactor? {
        guard posterior.prior.heterogeneity != .flat else { return nil }
        return BayesFactor(log: posterior.logLikelihood(blocks.information(0)) - posterior.logEvidence)
    }
}
