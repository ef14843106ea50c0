internal import LinearAlgebra
package import Probability

/// Effects on one metric with their noise, experiment by experiment.
///
/// The noise of experiment k is Σ_k = diag(s²_t) + s²_c uuᵀ + s′² ddᵀ: the arms' own variances, the shared control's
/// with multipliers u (1 but on the relative scale), and on the standardised scale the control's standard deviation's
/// with d the effects. Or it is given whole; then s²_t is its diagonal and nothing is shared.
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
    /// Σ_k packed (`PackedSymmetric`), one experiment after another, where it was given whole.
    package private(set) var covariances: [Double]?

    /// - Throws: `unknownMetric`; `zeroNoise` where an effect has no noise at all; `notFinite` where its whole variance is
    ///   beyond all numbers.
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
        for j in arms.indices {
            let (experiment, arm, variance) = (experiments[experimentIndices[j]], arms[j], variance(j))
            guard variance > 0 else { throw .zeroNoise(experiment: experiment, arm: arm) }
            // Two finite parts may have a sum that is not.
            guard variance.isFinite else { throw .notFinite(experiment: experiment, arm: arm, metric: metric) }
        }
    }

    /// Effects given directly, on one metric.
    ///
    /// - Throws: what `TreatmentEffects(metrics:estimates:)` throws; `zeroNoise`.
    package init(metric: String = "effect", estimates: [EffectEstimate]) throws(EstimationError) {
        try self.init(TreatmentEffects(metrics: [metric], estimates: estimates), metric: metric)
    }

    /// Effects with each experiment's whole covariance.
    ///
    /// - Throws: `tooFewExperiments` without any, `noTreatments` for a block without effects, `duplicateExperiment`,
    ///   `wrongShape`, `notFinite`, `invalidCovariance` for a matrix that is not symmetric (to 1e-9 of its largest element)
    ///   or has a negative variance, `zeroNoise`.
    package init(metric: String = "effect", blocks: [EffectBlock]) throws(EstimationError) {
        guard !blocks.isEmpty else { throw .tooFewExperiments(needed: 1, found: 0) }
        self.metric = metric
        (experiments, arms, experimentIndices, offsets) = ([], [], [], [0])
        (effects, own, shared) = ([], [], [])
        var names: Set<String> = []
        var packed: [Double] = []
        for block in blocks {
            try block.check(metric: metric)
            guard names.insert(block.experiment).inserted else { throw .duplicateExperiment(block.experiment) }
            arms += block.arms
            effects += block.effects
            own += block.covariance.diagonal
            packed += PackedSymmetric.pack(block.covariance)
            experimentIndices += repeatElement(experiments.count, count: block.arms.count)
            experiments.append(block.experiment)
            shared.append(0)
            offsets.append(arms.count)
        }
        covariances = packed
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

    /// Whether noise of experiment k's arms is correlated.
    func isCorrelated(_ k: Int) -> Bool {
        guard offsets[k + 1] - offsets[k] > 1 else { return false }
        return covariances != nil || shared[k] > 0 || (scaleNoise.map { $0[k] > 0 } ?? false)
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
        correlation == .onePerExperiment ? drawn(0, stream: stream) : Array(effects.indices)
    }

    /// One effect of each experiment; draw r is read at r·K onwards.
    func drawn(_ draw: Int, stream: RandomStream) -> [Int] {
        (0..<experimentCount).map { k in
            offsets[k] + stream.integer(draw * experimentCount + k, below: offsets[k + 1] - offsets[k])
        }
    }
}
