internal import LinearAlgebra

/// One rule under one law, at another precision and with another threshold.
package struct DecisionGridPoint: Sendable, Equatable {
    /// The standard deviation of the true score over the standard error of the observed one.
    package let signalToNoise: Double
    package let threshold: Double
    package let closedForm: DecisionClosedForm
}

extension DecisionModel {
    /// √(w'Λw)/√(w'Vw) of these experiments, V the mean over effects; nil without noise.
    package func signalToNoise(_ rule: DecisionRule, _ law: DecisionLaw) -> Double? {
        let variance = meanVariance(rule)
        let ratio = (max(0, dot(rule.weights, law.covariance * rule.weights)) / variance).squareRoot()
        return variance > 0 && ratio.isFinite ? ratio : nil
    }

    private func meanVariance(_ rule: DecisionRule) -> Double {
        var variance = 0.0
        for j in 0..<effects.count { variance += effects.scoreVariance(j, rule.weights) / Double(effects.count) }
        return variance
    }

    /// The closed forms of a rule for one arm against a control, over signal-to-noise ratios and thresholds.
    ///
    /// The noise is the mean of these effects' V, times what makes √(w'Λw)/√(w'Vw) the given ratio: experiments with fewer
    /// or more units. Empty where the true or the observed score has no variance.
    package func grid(
        _ rule: DecisionRule, _ law: DecisionLaw, folds: Int, signalToNoise: [Double], thresholds: [Double]
    ) -> [DecisionGridPoint] {
        let signal = law.covariance * rule.weights
        let spread = dot(rule.weights, signal)
        let variance = meanVariance(rule)
        var covariance = 0.0
        for j in 0..<effects.count {
            covariance += effects.noise(j, rewardIndex, rule.weights) / Double(effects.count)
        }
        guard spread > 0, variance > 0, !rule.isNever else { return [] }
        var points: [DecisionGridPoint] = []
        for threshold in thresholds {
            var changed = rule
            changed.threshold = threshold
            for ratio in signalToNoise {
                func expectation(_ more: Double) -> DecisionExpectation {
                    let factor = more * spread / (ratio * ratio * variance)
                    return .single(
                        mean: dot(rule.weights, law.mean), deviation: (spread + factor * variance).squareRoot(),
                        cutoff: changed.cutoff(standardError: (factor * variance).squareRoot()),
                        rewardMean: law.mean[rewardIndex], trueCovariance: signal[rewardIndex],
                        observedCovariance: signal[rewardIndex] + factor * covariance)
                }
                points.append(
                    DecisionGridPoint(
                        signalToNoise: ratio, threshold: threshold,
                        closedForm: DecisionClosedForm(
                            full: expectation(1), reduced: expectation(Double(folds) / Double(folds - 1)))))
            }
        }
        return points
    }
}
