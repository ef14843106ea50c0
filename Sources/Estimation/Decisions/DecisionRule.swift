/// How an experiment's observed effects become the arm to ship, or none.
///
/// An arm's score is w'τ̂ with standard error √(w'Vw). Among the arms whose score is above `threshold` standard errors
/// and above `minimum` the one with the largest score is shipped; where there is none, the control stays. One metric is
/// a unit vector of weights, a proxy index its coefficients.
package struct DecisionRule: Sendable, Equatable {
    package var name: String
    /// w, one for every metric of the effects.
    package var weights: [Double]
    /// How many standard errors the score must exceed; nil for no such condition.
    package var threshold: Double?
    /// What the score must exceed; nil for no such condition.
    package var minimum: Double?
    /// Whether nothing is ever shipped.
    package var isNever: Bool

    package init(
        name: String, weights: [Double], threshold: Double? = nil, minimum: Double? = nil, isNever: Bool = false
    ) {
        self.name = name
        self.weights = weights
        self.threshold = threshold
        self.minimum = minimum
        self.isNever = isNever
    }

    /// The score above which an arm may be shipped; −∞ without a condition, ∞ where nothing is shipped.
    func cutoff(standardError: Double) -> Double {
        if isNever { return .infinity }
        return max(threshold.map { $0 * standardError } ?? -.infinity, minimum ?? -.infinity)
    }

    /// The effect that is shipped of one experiment; of equal scores the first.
    func choice(of experiment: Int, in effects: TreatmentEffects) -> Int? {
        var best: (effect: Int, score: Double)?
        for j in effects.effects(of: experiment) {
            let score = effects.score(j, weights)
            guard score > cutoff(standardError: effects.scoreVariance(j, weights).squareRoot()) else { continue }
            if score > best?.score ?? -.infinity { best = (j, score) }
        }
        return best?.effect
    }
}

extension TreatmentEffects {
    /// w'τ̂_j.
    func score(_ effect: Int, _ weights: [Double]) -> Double {
        var sum = 0.0
        for m in weights.indices where weights[m] != 0 { sum += weights[m] * value(effect, m) }
        return sum
    }

    /// w'V_jjw; rounding never makes it negative.
    func scoreVariance(_ effect: Int, _ weights: [Double]) -> Double {
        var sum = 0.0
        for a in weights.indices where weights[a] != 0 {
            for b in weights.indices where weights[b] != 0 {
                sum += weights[a] * weights[b] * covariance(effect, effect, a, b)
            }
        }
        return max(0, sum)
    }
}
