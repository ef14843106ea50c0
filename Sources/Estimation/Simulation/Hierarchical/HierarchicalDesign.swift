/// The law of simulated data of the hierarchical normal-normal model.
///
/// Experiment k has n_k arms with true effects θ ~ Normal(μ, τ²), a control whose mean has noise c ~ Normal(0, s²_c), and
/// arms with noise of their own e ~ Normal(0, s²_t): δ = θ + e − c. With an outlier z ≠ 0 the first experiment's control is
/// c = −z s_c in every data set, which lifts all of its arms. μ and τ are numbers, or are drawn from their priors anew for
/// every data set. Source: D. Pananos, "Musings About The Normal Normal Model", 2026.
package struct HierarchicalDesign: Sendable, Equatable {
    /// K.
    package let experiments: Int
    /// n_k, whole numbers.
    package let variants: DesignNumbers
    package let mean: MeanLaw
    package let tau: TauLaw
    /// s²_c, an experiment each.
    package let controlVariance: DesignNumbers
    /// s²_t: of a list an experiment each, of a range an arm each.
    package let treatmentVariance: DesignNumbers
    /// z; 0 where the first control is drawn like the others.
    package let outlier: Double

    package enum MeanLaw: Sendable, Equatable {
        case fixed(Double)
        case drawn(MeanPrior)
    }

    package enum TauLaw: Sendable, Equatable {
        case fixed(Double)
        case drawn(HeterogeneityPrior)
    }

    /// How many effects a simulated data set may have.
    package static let effectLimit = 1_000_000

    /// - Throws: `invalidDesign` for fewer than two experiments or more than `effectLimit` effects, counts of arms that
    ///   are not whole numbers above zero, numbers that are not finite, τ or a control's variance below zero, an arm's
    ///   own variance that is not above zero, ranges of a fraction of an arm, and laws without a total of one;
    ///   `invalidPrior`.
    package init(
        experiments: Int, variants: DesignNumbers, mean: MeanLaw, tau: TauLaw, controlVariance: DesignNumbers,
        treatmentVariance: DesignNumbers, outlier: Double = 0
    ) throws(EstimationError) {
        self.experiments = experiments
        self.variants = variants
        (self.mean, self.tau) = (mean, tau)
        (self.controlVariance, self.treatmentVariance) = (controlVariance, treatmentVariance)
        self.outlier = outlier
        try checkSizes()
        try checkNoise()
        try checkLaws()
    }

    /// The prior that draws μ and τ; nil where either is a number.
    package var prior: Prior? {
        guard case .drawn(let mean) = mean, case .drawn(let tau) = tau else { return nil }
        return Prior(mean: mean, heterogeneity: tau)
    }

    /// Whether any two effects may share a control's noise.
    package var isShared: Bool {
        variants.named.contains { $0 > 1 } && controlVariance.named.contains { $0 > 0 }
    }

    /// μ where it is a number.
    package var fixedMean: Double? { if case .fixed(let mean) = mean { mean } else { nil } }
    /// τ where it is a number.
    package var fixedTau: Double? { if case .fixed(let tau) = tau { tau } else { nil } }

    private func checkSizes() throws(EstimationError) {
        let limit = HierarchicalDesign.effectLimit
        guard experiments >= 2, experiments <= limit else {
            throw .invalidDesign(
                .experiments, rule: "A design has at least 2 experiments, and at most a million effects")
        }
        let counts = variants.named
        guard !counts.isEmpty, counts.allSatisfy({ $0 >= 1 && $0 == $0.rounded() && $0 <= Double(limit) }) else {
            throw .invalidDesign(.variants, rule: "An experiment has a whole number of arms, at least 1")
        }
        guard variants.greatestSum(over: experiments) <= Double(limit) else {
            throw .invalidDesign(.variants, rule: "All experiments have at most a million effects together")
        }
    }

    private func checkNoise() throws(EstimationError) {
        guard !controlVariance.named.isEmpty, controlVariance.named.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw .invalidDesign(.controlVariance, rule: "A control's variance is a finite number of at least 0")
        }
        guard !treatmentVariance.named.isEmpty, treatmentVariance.named.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw .invalidDesign(.treatmentVariance, rule: "An arm's own variance is a finite number above 0")
        }
        guard outlier.isFinite else {
            throw .invalidDesign(.outlier, rule: "An outlying control lies a finite number of standard errors off")
        }
    }

    private func checkLaws() throws(EstimationError) {
        switch mean {
        case .fixed(let number) where !number.isFinite: throw .invalidDesign(.mu, rule: "μ is a finite number")
        case .drawn(.flat): throw .invalidDesign(.mu, rule: "μ is drawn from a law with a total of one")
        default: break
        }
        switch tau {
        case .fixed(let number) where !(number >= 0 && number.isFinite):
            throw .invalidDesign(.tau, rule: "τ is a finite number of at least 0")
        case .drawn(.flat): throw .invalidDesign(.tau, rule: "τ is drawn from a law with a total of one")
        default: break
        }
        var laws = Prior(mean: .flat, heterogeneity: .flat)
        if case .drawn(let law) = mean { laws.mean = law }
        if case .drawn(let law) = tau { laws.heterogeneity = law }
        try laws.check()
    }
}
