/// The posterior of the hierarchical model, from draws.
package struct SampledFit: Sendable, Equatable {
    package let prior: Prior
    package let correlation: EffectCorrelation
    package let metric: String
    package let level: Double
    package let experimentCount: Int
    package let effectCount: Int
    package let threshold: Double
    /// μ.
    package let mean: SampledSummary
    package let tau: SampledSummary
    /// A new experiment's true effect.
    package let newEffect: SampledSummary
    /// Every θ that was used.
    package let effects: [SampledEffect]
    package let sampler: SamplingReport
    package let chains: SampledTraces
    package let ranks: SampledRanks
    package let pairs: SampledPairs
    /// What the diagnostics find wrong, each a sentence with its remedy.
    package let findings: [String]
}

/// A posterior in a few numbers, and how well the draws know them.
package struct SampledSummary: Sendable, Equatable {
    package let median: Double
    /// nil where the posterior has none.
    package let mean: Double?
    /// nil where the posterior has none.
    package let standardDeviation: Double?
    /// Equal tails.
    package let interval: ConfidenceInterval
    /// The shortest that holds this share of the draws.
    package let shortestInterval: ConfidenceInterval
    package let probabilityAboveZero: Double
    /// P(> threshold).
    package let probabilityAbove: Double
    /// nil for one chain or draws that do not vary; so are the others.
    package let rHat: Double?
    package let essBulk: Double?
    package let essTail: Double?
    /// Monte Carlo standard errors of the mean, where the posterior has a variance, and of the median.
    package let mcse: Double?
    package let mcseMedian: Double?

    var isFinite: Bool {
        [median, mean, standardDeviation, mcse, mcseMedian].allSatisfy { $0?.isFinite ?? true }
    }
}

/// One true effect.
package struct SampledEffect: Sendable, Equatable {
    package let experiment: String
    package let arm: String
    /// δ and its standard error.
    package let effect: Double
    package let standardError: Double
    package let summary: SampledSummary
}

/// What the sampler noted.
package struct SamplingReport: Sendable, Equatable {
    package let parameterisation: SamplingParameterisation
    package let chains: Int
    package let warmup: Int
    package let draws: Int
    package let targetAcceptance: Double
    /// Over all chains' kept draws.
    package let divergences: Int
    package let maxTreeDepthHits: Int
    /// By chain; nil where the energy does not vary.
    package let ebfmi: [Double?]
    /// By chain.
    package let stepSize: [Double]
    /// Evaluations of the density for kept draws.
    package let leapfrogs: Int
}

/// Draws by chain, thinned evenly to at most 250.
package struct SampledTraces: Sendable, Equatable {
    package let mean: [[Double]]
    package let logTau: [[Double]]
}

/// How many of each chain's draws have their rank among all in each of 20 bins.
package struct SampledRanks: Sendable, Equatable {
    package let mean: [[Int]]
    package let logTau: [[Int]]
}

/// At most 1000 draws in their order: up to 500 that diverged, and of the others every n-th.
package struct SampledPairs: Sendable, Equatable {
    package let mean: [Double]
    package let logTau: [Double]
    package let divergent: [Bool]
}
