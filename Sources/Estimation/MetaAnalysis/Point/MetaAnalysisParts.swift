/// σ² between experiments and between arms within one.
package struct VarianceComponents: Sendable, Equatable {
    package let experiment: VarianceComponent
    package let arm: VarianceComponent
}

package struct VarianceComponent: Sendable, Equatable {
    package let tauSquared: Double
    /// From the expected information; nil where that is singular.
    package let standardError: Double?
    /// By the profile (restricted) likelihood; nil where not asked for.
    package let interval: ConfidenceInterval?

    package var tau: Double { tauSquared.squareRoot() }
}

/// Q(τ²) = δᵀPδ along τ², with the two quantiles of χ²_{N−p} that cut it at the ends of the interval.
package struct QProfile: Sendable, Equatable {
    package let tauSquared: [Double]
    package let q: [Double]
    package let lower: Double
    package let upper: Double
    package let degreesOfFreedom: Double
}

/// Errors that hold whatever the covariance within experiments is: CR2 with Satterthwaite's degrees of freedom.
package struct RobustErrors: Sendable, Equatable {
    /// In the order of the fit's coefficients, all with degrees of freedom.
    package let coefficients: [Coefficient]
    /// How many experiments.
    package let clusters: Int
}

/// What one experiment does to the fit, which is made again without it.
package struct ExperimentInfluence: Sendable, Equatable {
    package let experiment: String
    /// μ̂ without it (the intercept with moderators), its standard error, and what else is fitted without it.
    package let estimate: Double
    package let standardError: Double
    package let tau: Double
    package let q: Double
    package let iSquared: Double
    /// tr X_k(XᵀB⁻¹X)⁻¹X_kᵀB_k⁻¹: leverage, its effects' share of the coefficients; sums to p.
    package let hat: Double
    /// (β̂ − β̂₋ₖ)ᵀV⁻¹(β̂ − β̂₋ₖ), V the covariance of β̂.
    package let cook: Double
    /// Change of the experiment's fitted mean in its standard errors.
    package let dffits: Double
    /// The experiment's mean residual from the fit without it, in its standard errors.
    package let studentised: Double
    /// Baujat's horizontal: r_kᵀB_k⁻¹r_k with the fit's residuals.
    package let contribution: Double
    /// Baujat's vertical: the squared change of the experiment's fitted mean over its variance without the experiment.
    package let shift: Double
    /// By metafor's rules: |dffits| > 3√(p/(N − p)), P(χ²_p ≤ cook) > ½, hat > 3p/K or a coefficient moved by more than its error.
    package let isInfluential: Bool
}

/// Fits on repeated draws of one variant from each experiment.
package struct RepeatedDraws: Sendable, Equatable {
    package let count: Int
    package let mean: Spread
    package let tau: Spread

    package struct Spread: Sendable, Equatable {
        package let mean: Double
        package let standardDeviation: Double
        package let least: Double
        package let greatest: Double
    }
}
