internal import Probability

/// Mixtures over the nodes of τ, and what is read off them.
struct PosteriorSummaries: Sendable {
    let distribution: TauDistribution
    let level: Double
    /// μ | τ at each node, of the centred effects.
    private let means: [Double]
    private let variances: [Double]

    init(_ distribution: TauDistribution, level: Double) {
        self.distribution = distribution
        self.level = level
        let conditional = distribution.taus.map { distribution.posterior.conditionalMean($0) }
        means = conditional.map(\.mean)
        variances = conditional.map(\.variance)
    }

    private var blocks: NoiseBlocks { distribution.posterior.blocks }

    var populationMean: NormalMixture {
        NormalMixture(
            weights: distribution.weights, means: means.map { $0 + blocks.centre },
            deviations: variances.map { $0.squareRoot() })
    }

    var newEffect: NormalMixture {
        NormalMixture(
            weights: distribution.weights, means: means.map { $0 + blocks.centre },
            deviations: zip(variances, distribution.taus).map { ($0 + $1 * $1).squareRoot() })
    }

    /// The true effects of block k.
    func effects(of k: Int) -> [NormalMixture] {
        let size = blocks.range(k).count
        var centres = Array(repeating: [Double](), count: size)
        var deviations = centres
        for (q, tau) in distribution.taus.enumerated() {
            let posterior = BlockPosterior(blocks, k, tau * tau)
            for i in 0..<size {
                centres[i].append(posterior.mean(i, populationMean: means[q]) + blocks.centre)
                deviations[i].append(posterior.variance(i, meanVariance: variances[q]).squareRoot())
            }
        }
        return zip(centres, deviations).map {
            NormalMixture(weights: distribution.weights, means: $0, deviations: $1)
        }
    }

    func summary(
        of mixture: NormalMixture, hasMean: Bool = true, hasVariance: Bool = true, shortest: Bool = true
    ) -> PosteriorSummary {
        PosteriorSummary(
            median: mixture.quantile(0.5), mean: hasMean ? mixture.mean : nil,
            standardDeviation: hasVariance ? mixture.standardDeviation : nil,
            interval: equalTailed { mixture.quantile($0) },
            shortestInterval: shortest ? shortestInterval { mixture.quantile($0) } : nil)
    }

    var tau: PosteriorSummary {
        let (taus, weights) = (distribution.taus, distribution.weights)
        let mean = zip(taus, weights).reduce(0) { $0 + $1.0 * $1.1 }
        let variance = zip(taus, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
        return PosteriorSummary(
            median: distribution.quantile(0.5), mean: distribution.posterior.hasMean ? mean : nil,
            standardDeviation: distribution.posterior.hasVariance ? variance.squareRoot() : nil,
            interval: equalTailed(distribution.quantile), shortestInterval: shortestInterval(distribution.quantile))
    }

    private func equalTailed(_ quantile: (Double) -> Double) -> ConfidenceInterval {
        ConfidenceInterval(lower: quantile((1 - level) / 2), upper: quantile((1 + level) / 2))
    }

    /// The shortest interval of this probability, by golden-section search over its lower tail.
    private func shortestInterval(_ quantile: (Double) -> Double) -> ConfidenceInterval {
        let golden = (5.0.squareRoot() - 1) / 2
        func width(_ p: Double) -> Double { quantile(min(1, p + level)) - quantile(p) }
        var (a, b) = (0.0, 1 - level)
        var (c, d) = (b - golden * (b - a), a + golden * (b - a))
        var (fc, fd) = (width(c), width(d))
        while b - a > 1e-9 * (1 - level) {
            if fc <= fd {
                (b, d, fd) = (d, c, fc)
                c = b - golden * (b - a)
                fc = width(c)
            } else {
                (a, c, fc) = (c, d, fd)
                d = a + golden * (b - a)
                fd = width(d)
            }
        }
        // A density that only falls has its shortest interval at the edge.
        let p = a == 0 ? 0 : (a + b) / 2
        return ConfidenceInterval(lower: quantile(p), upper: quantile(min(1, p + level)))
    }

    /// Two hundred points over all but 0.1 per cent.
    func meanCurve(_ mixture: NormalMixture) -> DensityCurve {
        let x = PosteriorSummaries.grid(from: mixture.quantile(0.0005), to: mixture.quantile(0.9995))
        return DensityCurve(x: x, y: x.map(mixture.density))
    }

    var tauCurve: DensityCurve {
        let x = PosteriorSummaries.grid(from: 0, to: distribution.quantile(0.999))
        return DensityCurve(x: x, y: x.map(distribution.density))
    }

    private static func grid(from lower: Double, to upper: Double) -> [Double] {
        (0..<200).map { lower + (upper - lower) * Double($0) / 199 }
    }
}
