/// An estimator of the hierarchical model as a simulation asks for it.
package struct HierarchicalEstimator: Sendable, Hashable {
    package enum Method: Sendable, Hashable {
        case point(HeterogeneityEstimator)
        /// The exact posterior.
        case bayes
        /// The same posterior by the No-U-Turn sampler.
        case nuts
    }

    package let method: Method
    package let correlation: EffectCorrelation
    /// Behind the interval of μ, for point methods.
    package let test: CoefficientTest

    package init(
        _ method: Method, _ correlation: EffectCorrelation = .sharedControl, test: CoefficientTest = .z
    ) {
        self.method = method
        self.correlation = correlation
        self.test = test
    }

    /// As written in a document.
    package var name: String {
        switch method {
        case .point(let estimator): estimator.rawValue
        case .bayes: "bayes"
        case .nuts: "nuts"
        }
    }

    /// Whether it makes a posterior, which can be calibrated.
    package var isBayesian: Bool { method == .bayes || method == .nuts }
}

/// What a simulation of the hierarchical model is about.
package enum HierarchicalParameter: String, Sendable, CaseIterable {
    case mean = "mu"
    case tau
    /// The true effects.
    case effect = "theta"
}

/// Intervals whose coverage is counted.
package enum HierarchicalInterval: String, Sendable, CaseIterable {
    /// Of μ, normal.
    case z
    /// Of μ, Knapp and Hartung's.
    case knappHartung = "knapp-hartung"
    /// Of τ, by inverting Q.
    case qProfile = "q-profile"
    /// Of τ, by the profile likelihood; where τ̂ maximises one.
    case profileLikelihood = "profile-likelihood"
    /// Of every θ, normal about the shrunken effect, τ̂² taken as known.
    case shrunken
    /// Of a posterior: of μ, τ and every θ.
    case equalTailed = "equal-tailed"

    func isOf(_ parameter: HierarchicalParameter) -> Bool {
        switch self {
        case .z, .knappHartung: parameter == .mean
        case .qProfile, .profileLikelihood: parameter == .tau
        case .shrunken: parameter == .effect
        case .equalTailed: true
        }
    }
}
