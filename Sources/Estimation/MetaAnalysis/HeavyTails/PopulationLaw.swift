/// From which family true effects are drawn.
package enum PopulationLaw: String, Sendable, CaseIterable {
    /// θ ~ Normal(μ, τ²).
    case normal
    /// θ ~ μ + σ t_ν.
    case studentT = "student-t"
    /// θ ~ π₀ δ₀ + Σ_m π_m Normal(0, σ_m²).
    case spikeNormal = "spike-normal"
}

/// A law of true effects, fitted by maximum likelihood.
package enum FittedPopulation: Sendable, Equatable {
    case normal(mean: Double, standardDeviation: Double)
    /// `degreesOfFreedom` is ∞ where no finite one has a higher likelihood.
    case studentT(location: Double, scale: Double, degreesOfFreedom: Double)
    /// π₀ and the components whose weight is not zero, σ ascending.
    case spikeNormal(spike: Double, components: [PopulationComponent])

    package var law: PopulationLaw {
        switch self {
        case .normal: .normal
        case .studentT: .studentT
        case .spikeNormal: .spikeNormal
        }
    }
}

/// One normal component about zero.
package struct PopulationComponent: Sendable, Equatable {
    package let standardDeviation: Double
    package let weight: Double

    package init(standardDeviation: Double, weight: Double) {
        self.standardDeviation = standardDeviation
        self.weight = weight
    }
}

/// How well one law fits.
package struct LawComparison: Sendable, Equatable {
    package let law: PopulationLaw
    /// With all its constants.
    package let logLikelihood: Double
    /// 2, 3, or the weights that are not zero less one.
    package let parameters: Int

    /// 2·parameters − 2·logLikelihood.
    package var aic: Double { 2 * Double(parameters) - 2 * logLikelihood }
}
