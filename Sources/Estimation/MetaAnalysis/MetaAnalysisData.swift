package import Probability

/// Effects on one metric with their noise, experiment by experiment.
///
/// The noise of experiment k is Σ_k = diag(s²_t) + s²_c uuᵀ + s′² ddᵀ: the arms' own variances, the shared control's
/// with multipliers u (1 but on the relative scale), and on the standardised scale the control's standard deviation's
/// with d the effects.
package struct MetaAnalysisData: Sendable, Equatable {
    package let metric: String
    package private(set) var experiments: [String]
    package private(set) var arms: [String]
    package private(set) var experimentIndices: [Int]
    /// Experiment k's effects are `offsets[k]..<offsets[k + 1]`.
    package private(set) var offsets: [Int]
    /// δ.
    package private(set) var effects: [Double]
    /// s²_t of each effect.
    package private(set) var own: [Double]
    /// s²_c of each experiment.
    package private(set) var shared: [Double]
    /// u of each effect; nil where all are 1.
    package private(set) var multipliers: [Double]?
    /// s′² of each experiment; nil where all are 0.
    package private(set) var scaleNoise: [Double]?

    /// - Throws: `unknownMetric`; `zeroNoise` where an effect has no noise at all.
    package init(_ effects: TreatmentEffects, metric: String) throws(EstimationError) {
        _ = try effects.index(of: metric)
        let chosen = try effects.selecting(metrics: [metric])
        self.metric = metric
        experiments = chosen.experiments
        arms = chosen.arms
        experimentIndices = chosen.experimentIndices
        offsets = chosen.offsets
        self.effects = chosen.values
        own = chosen.own
        shared = chosen.shared
        multipliers = chosen.multipliers
        scaleNoise = chosen.scaleNoise
        for j in arms.indices where !(variance(j) > 0) {
            throw .zeroNoise(experiment: experiments[experimentIndices[j]], arm: arms[j])
        }
    }

    /// Effects given directly, on one metric.
    ///
    /// - Throws: what `TreatmentEffects(metrics:estimates:)` throws; `zeroNoise`.
    package init(metric: String = "effect", estimates: [EffectEstimate]) throws(EstimationError) {
        try self.init(TreatmentEffects(metrics: [metric], estimates: estimates), metric: metric)
    }

    package var count: Int { effects.count }
    package var experimentCount: Int { experiments.count }

    package func multiplier(_ j: Int) -> Double { multipliers?[j] ?? 1 }

    /// The whole sampling variance of effect j.
    package func variance(_ j: Int) -> Double {
        let k = experimentIndices[j]
        let scale = scaleNoise.map { $0[k] * effects[j] * effects[j] } ?? 0
        return own[j] + multiplier(j) * multiplier(j) * shared[k] + scale
    }

    package func standardError(_ j: Int) -> Double { variance(j).squareRoot() }
}

/// What is assumed of effects that share a control.
package enum EffectCorrelation: String, Sendable, CaseIterable {
    /// Their noise is correlated through it.
    case sharedControl
    /// Their correlation is ignored.
    case ignore
    /// One variant is drawn from each experiment, with the analysis seed.
    case onePerExperiment
}

extension MetaAnalysisData {
    /// The effects that a correlation keeps: all, or one drawn uniformly from each experiment.
    ///
    /// Experiment k's draw is number k of the stream, so it does not depend on other experiments' arms.
    package func indices(_ correlation: EffectCorrelation, stream: RandomStream) -> [Int] {
        guard correlation == .onePerExperiment else { return Array(effects.indices) }
        return (0..<experimentCount).map { k in
            offsets[k] + stream.integer(k, below: offsets[k + 1] - offsets[k])
        }
    }
}
