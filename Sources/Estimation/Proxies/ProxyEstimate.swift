package import LinearAlgebra
internal import Probability

/// Coefficients of proxies, with their uncertainty.
package struct ProxyEstimate: Sendable, Equatable {
    package let estimator: ProxyEstimator
    package let outcome: String
    package let proxies: [String]
    package let hasIntercept: Bool
    /// nil where the estimator has no weights to choose.
    package let weights: EffectWeights?
    package let experimentCount: Int
    package let effectCount: Int
    /// β̂, in the order of `proxies`.
    package let coefficients: [Double]
    /// α̂ = μ̂_Y − β̂ᵀμ̂_S; 0 without intercept.
    package let intercept: Double
    /// The multiple of Ω̂ that was subtracted from M; nil for naive, tc and jive.
    package let subtracted: Double?
    /// κ, the smallest eigenvalue of Mγ = κΩ̂γ; nil for naive, tc and jive.
    package let kappa: Double?
    /// The textbook's k = 1 + c/ν for the subtracted multiple c; nil for naive, tc and jive.
    package let k: Double?
    /// Whether Λ̂ over the outcome and the proxies is positive semi-definite; nil where no Λ̂ was made.
    package let isPositiveSemidefinite: Bool?
    /// nil below three experiments, or where some experiment cannot be left out.
    package let jackknife: ProxyUncertainty?
}

/// Standard errors and intervals of coefficients and of the intercept.
package struct ProxyUncertainty: Sendable, Equatable {
    /// Of (β̂, α̂), p + 1 squared; the last row is zero without intercept.
    package let joint: Matrix
    package let standardErrors: [Double]
    /// By proxy.
    package let intervals: [ConfidenceInterval]
    /// nil without intercept.
    package let interceptStandardError: Double?
    package let interceptInterval: ConfidenceInterval?
    package let level: Double
    /// K − 1 for the jackknife, whose intervals are Student's; nil for percentiles.
    package let degreesOfFreedom: Double?
    /// Replicates that gave an estimate, and those that gave none.
    package let replicates: Int
    package let failures: Int

    /// Of β̂, p × p.
    package var covariance: Matrix {
        let indices = Array(standardErrors.indices)
        return joint.submatrix(rows: indices, columns: indices)
    }
}

/// Two bounds, of which one may be infinite.
package struct ConfidenceInterval: Sendable, Equatable {
    package var lower: Double
    package var upper: Double

    package init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// estimate ± z se.
    package init(normal estimate: Double, standardError: Double, level: Double) {
        let reach = Normal.standard.upperQuantile((1 - level) / 2) * standardError
        self.init(lower: estimate - reach, upper: estimate + reach)
    }

    package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// How much the arms move the proxies, against noise.
package struct ProxyStrength: Sendable, Equatable {
    /// J′ = J, or J − 1 with intercept.
    package let degreesOfFreedom: Double
    /// μ² = tr(Ω̂_SS⁻¹M_SS) − J′p.
    package let concentration: Double
    /// F = λ_min(Ω̂_SS⁻¹M_SS)/J′: Cragg and Donald's; the ordinary first-stage F for one proxy.
    package let fStatistic: Double
    /// (λ_min − J′)/√J′: where it is small, Wald intervals of tc, jive and liml are not to be trusted.
    package let excess: Double
}

/// The test that all effects on the outcome go through the proxies.
package struct OverIdentification: Sendable, Equatable {
    /// κ.
    package let statistic: Double
    /// J′ − p.
    package let degreesOfFreedom: Double
    /// From the upper tail of chi-squared; nil without degrees of freedom.
    package let pValue: Double?
}
