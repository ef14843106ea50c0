internal import LinearAlgebra
internal import Probability

/// What a rule would have earned in each experiment, by one estimator.
package struct DecisionRewards: Sendable, Equatable {
    package let rule: String
    /// The reward of each experiment: an effect of what was shipped, 0 where nothing was.
    package internal(set) var rewards: [Double]
    /// How often something was shipped, of all decisions about the experiment.
    package internal(set) var shipped: [Double]

    init(rule: String, experiments: Int) {
        self.rule = rule
        rewards = Array(repeating: 0, count: experiments)
        shipped = rewards
    }

    /// The share of experiments from which something is shipped.
    package var shippedShare: Double { shipped.isEmpty ? 0 : shipped.reduce(0, +) / Double(shipped.count) }

    /// The mean reward with its standard error s/√K over experiments, which are independent, and Student's interval.
    ///
    /// - Throws: `tooFewExperiments` below two, `invalidLevel`.
    package func perExperiment(level: Double) throws(EstimationError) -> MeanEstimate {
        try MeanEstimate(of: rewards, level: level)
    }

    /// Experiment by experiment, this less the other: the rewards of two rules, or of two estimators of one rule.
    package func less(_ other: DecisionRewards) -> DecisionRewards {
        var result = self
        for k in rewards.indices {
            result.rewards[k] -= other.rewards[k]
            result.shipped[k] -= other.shipped[k]
        }
        return result
    }

    mutating func add(_ other: DecisionRewards) {
        for k in rewards.indices {
            rewards[k] += other.rewards[k]
            shipped[k] += other.shipped[k]
        }
    }

    mutating func divide(by count: Double) {
        for k in rewards.indices {
            rewards[k] /= count
            shipped[k] /= count
        }
    }
}

/// A mean over experiments, or its sum.
package struct MeanEstimate: Sendable, Equatable {
    package let estimate: Double
    package let standardError: Double
    package let interval: ConfidenceInterval

    init(of values: [Double], level: Double) throws(EstimationError) {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        var moments = MomentAccumulator(metrics: 1)
        for value in values { moments.add([value]) }
        guard let variance = moments.covariance?[0, 0] else {
            throw .tooFewExperiments(needed: 2, found: values.count)
        }
        let count = Double(values.count)
        let half = StudentT(degreesOfFreedom: count - 1).upperQuantile((1 - level) / 2)
        estimate = moments.mean[0]
        standardError = (variance / count).squareRoot()
        interval = ConfidenceInterval(
            lower: estimate - half * standardError, upper: estimate + half * standardError)
    }

    private init(estimate: Double, standardError: Double, interval: ConfidenceInterval) {
        self.estimate = estimate
        self.standardError = standardError
        self.interval = interval
    }

    /// All of it times a positive number: the sum over as many experiments.
    package func times(_ factor: Double) -> MeanEstimate {
        MeanEstimate(
            estimate: estimate * factor, standardError: standardError * factor,
            interval: ConfidenceInterval(lower: interval.lower * factor, upper: interval.upper * factor))
    }
}
