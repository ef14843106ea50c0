package import LinearAlgebra
internal import Probability

/// The outcome's effect in a new experiment, told by its effects on the proxies, with its error in three parts.
///
/// α̂ + β̂ᵀτ̂_S has variance β̂ᵀV_SSβ̂ (the new experiment's own noise) + xᵀCx with x = (τ̂_S, 1) and C the covariance of
/// (β̂, α̂) (what past experiments leave open) + the variance of what the proxies do not carry, max(0, Λ_YY − β̂ᵀΛ_SSβ̂),
/// which is 0 where the estimator rests on there being no direct effects.
package struct ProxyPrediction: Sendable, Equatable {
    package let experiment: String
    package let arm: String
    /// α̂ + β̂ᵀτ̂_S.
    package let estimate: Double
    package let measurementVariance: Double
    package let coefficientVariance: Double
    package let residualVariance: Double
    /// Student's t with the degrees of freedom of the coefficients' errors.
    package let interval: ConfidenceInterval

    package var variance: Double { measurementVariance + coefficientVariance + residualVariance }
    package var standardError: Double { variance.squareRoot() }

    /// Predictions for every effect of a set.
    ///
    /// - Parameters:
    ///   - new: Effects on the proxies, in the coefficients' order.
    ///   - coefficients: β̂.
    ///   - intercept: α̂.
    ///   - covariance: Of (β̂, α̂), p + 1 squared.
    ///   - degreesOfFreedom: Of Student's t; nil for normal intervals.
    ///   - residualVariance: Of direct effects.
    /// - Throws: `wrongShape` where there is not one metric for each coefficient.
    package static func predictions(
        of new: TreatmentEffects, coefficients beta: [Double], intercept: Double, covariance: Matrix,
        degreesOfFreedom: Double?, level: Double, residualVariance: Double
    ) throws(EstimationError) -> [ProxyPrediction] {
        guard new.order == beta.count, covariance.rows == beta.count + 1 else {
            throw .wrongShape(
                experiment: new.experiments.first ?? "", arm: new.arms.first ?? "", expected: beta.count,
                found: new.order)
        }
        let multiple =
            degreesOfFreedom.map { StudentT(degreesOfFreedom: $0).upperQuantile((1 - level) / 2) }
            ?? Normal.standard.upperQuantile((1 - level) / 2)
        return (0..<new.count).map { j in
            let effects = new.value(j)
            let measured = max(0, new.covariance(j, j).quadraticForm(beta, beta))
            let open = max(0, covariance.quadraticForm(effects + [1], effects + [1]))
            let value = intercept + dot(beta, effects)
            let reach = multiple * (measured + open + residualVariance).squareRoot()
            return ProxyPrediction(
                experiment: new.experiments[new.experimentIndices[j]], arm: new.arms[j], estimate: value,
                measurementVariance: measured, coefficientVariance: open, residualVariance: residualVariance,
                interval: ConfidenceInterval(lower: value - reach, upper: value + reach))
        }
    }
}

/// How the past experiments' own signs agree.
package struct ObservedSigns: Sendable, Equatable {
    /// Arms whose predicted and estimated effects on the outcome have one sign, of all arms with two signs.
    package let agreeing: Int
    package let arms: Int
}

extension ProxyModel {
    /// Counts arms whose α̂ + β̂ᵀτ̂_S has the sign of τ̂_Y. Noise blurs both, and correlated noise flatters the proxy, so it
    /// describes the data and estimates nothing.
    package func observedSigns(coefficients: [Double], intercept: Double) -> ObservedSigns {
        var (agreeing, arms) = (0, 0)
        for j in 0..<effects.count {
            let value = effects.value(j)
            let predicted = intercept + dot(coefficients, Array(value.dropFirst()))
            guard predicted != 0, value[0] != 0 else { continue }
            arms += 1
            if (predicted > 0) == (value[0] > 0) { agreeing += 1 }
        }
        return ObservedSigns(agreeing: agreeing, arms: arms)
    }
}
