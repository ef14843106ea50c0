package import LinearAlgebra
internal import Parallelism
internal import Probability

/// A normal law of true effects, τ ~ Normal(μ, Λ), independent between arms: what rules earn under it needs no simulation.
package struct DecisionLaw: Sendable, Equatable {
    /// μ.
    package let mean: [Double]
    /// Λ, positive semi-definite.
    package let covariance: Matrix

    package init(mean: [Double], covariance: Matrix) {
        self.mean = mean
        self.covariance = covariance
    }

    /// The law of an estimate, its covariance repaired where it is not positive semi-definite; nil where that fails.
    package init?(_ estimate: CovarianceEstimate) {
        guard let covariance = estimate.repaired else { return nil }
        self.init(mean: estimate.mean, covariance: covariance)
    }

    /// The law that restricted maximum likelihood fits.
    package init(_ fit: CovarianceREML) { self.init(mean: fit.mean, covariance: fit.covariance) }
}

/// What a rule earns in one experiment, in expectation.
package struct DecisionExpectation: Sendable, Equatable {
    /// E[τ_Y,d].
    package var expected = 0.0
    /// E[τ̂_Y,d].
    package var naive = 0.0
    /// P(something is shipped).
    package var shipped = 0.0

    static func + (a: DecisionExpectation, b: DecisionExpectation) -> DecisionExpectation {
        DecisionExpectation(expected: a.expected + b.expected, naive: a.naive + b.naive, shipped: a.shipped + b.shipped)
    }

    func times(_ factor: Double) -> DecisionExpectation {
        DecisionExpectation(expected: expected * factor, naive: naive * factor, shipped: shipped * factor)
    }

    /// For one arm: X the observed score, normal with mean m and standard deviation s, c its cutoff, a = (m − c)/s;
    /// a variable Y with mean μ_Y and Cov(Y, X) = g has E[Y 1(X > c)] = μ_YΦ(a) + (g/s)φ(a).
    static func single(
        mean: Double, deviation: Double, cutoff: Double, rewardMean: Double, trueCovariance: Double,
        observedCovariance: Double
    ) -> DecisionExpectation {
        guard cutoff > -.infinity, cutoff < .infinity, deviation > 0 else {
            let ships = cutoff < mean
            return DecisionExpectation(
                expected: ships ? rewardMean : 0, naive: ships ? rewardMean : 0, shipped: ships ? 1 : 0)
        }
        let a = (mean - cutoff) / deviation
        let share = Normal.standard.cumulative(a)
        let density = Normal.standard.density(a) / deviation
        return DecisionExpectation(
            expected: rewardMean * share + trueCovariance * density,
            naive: rewardMean * share + observedCovariance * density, shipped: share)
    }
}

/// What a rule earns an experiment, and what the two estimators of it are in expectation.
package struct DecisionClosedForm: Sendable, Equatable {
    /// The estimand, E[τ_Y,d].
    package let expected: Double
    /// The mean of the naive estimator.
    package let naive: Double
    /// The mean of K-fold cross-validation: the estimand of the rule that decides on (K − 1)/K of the units.
    package let crossValidation: Double
    /// P(something is shipped), deciding on all units.
    package let shipped: Double

    init(full: DecisionExpectation, reduced: DecisionExpectation) {
        expected = full.expected
        naive = full.naive
        crossValidation = reduced.expected
        // Quadrature may go over by rounding.
        shipped = min(1, full.shipped)
    }
}

extension DecisionModel {
    /// The means of estimand and estimators under a law, averaged over these experiments with their own noise, one for
    /// every rule.
    ///
    /// One arm: in closed form. Several: by quadrature over the control's noise and the score (`BestArm`).
    /// - Throws: `zeroNoise` where scores of several arms do not vary.
    package func closedForms(_ law: DecisionLaw, folds: Int) throws(EstimationError) -> [DecisionClosedForm] {
        var result: [DecisionClosedForm] = []
        for rule in rules {
            let full = try expectation(of: rule, law, noiseTimes: 1)
            let reduced = try expectation(of: rule, law, noiseTimes: Double(folds) / Double(folds - 1))
            result.append(DecisionClosedForm(full: full, reduced: reduced))
        }
        return result
    }

    func expectation(
        of rule: DecisionRule, _ law: DecisionLaw, noiseTimes factor: Double
    ) throws(EstimationError) -> DecisionExpectation {
        if rule.isNever { return DecisionExpectation() }
        let chunks = Chunks(of: effects.experimentCount, size: 16)
        let parts = concurrentMap(chunks.count) { index -> Result<DecisionExpectation, EstimationError> in
            Result { () throws(EstimationError) in
                var sum = DecisionExpectation()
                for k in chunks[index] {
                    if effects.effects(of: k).count == 1 {
                        sum = sum + single(effects.offsets[k], rule, law, factor)
                    } else {
                        sum = sum + (try BestArm(self, experiment: k, rule, law, noiseTimes: factor)).expectation
                    }
                }
                return sum
            }
        }
        var sum = DecisionExpectation()
        for part in parts { sum = sum + (try part.get()) }
        return sum.times(1 / Double(effects.experimentCount))
    }

    private func single(
        _ j: Int, _ rule: DecisionRule, _ law: DecisionLaw, _ factor: Double
    ) -> DecisionExpectation {
        let signal = law.covariance * rule.weights
        let noise = factor * effects.scoreVariance(j, rule.weights)
        let trueCovariance = signal[rewardIndex]
        return .single(
            mean: dot(rule.weights, law.mean), deviation: max(0, dot(rule.weights, signal) + noise).squareRoot(),
            cutoff: rule.cutoff(standardError: noise.squareRoot()), rewardMean: law.mean[rewardIndex],
            trueCovariance: trueCovariance,
            observedCovariance: trueCovariance + factor * effects.noise(j, rewardIndex, rule.weights))
    }
}

extension TreatmentEffects {
    /// (V_jjw)_a: how an effect's noise on a metric goes with its score's.
    func noise(_ effect: Int, _ metric: Int, _ weights: [Double]) -> Double {
        var sum = 0.0
        for b in weights.indices where weights[b] != 0 { sum += weights[b] * covariance(effect, effect, metric, b) }
        return sum
    }
}
