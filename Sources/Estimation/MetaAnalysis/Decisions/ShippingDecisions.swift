/// What the posterior says of shipping: for every experiment its variants and control, and for all of them together how
/// much the winners' raw effects exaggerate.
package struct ShippingDecisions: Sendable, Equatable {
    package let experiments: [ExperimentDecision]
    /// The effects whose raw interval lies above zero.
    package let winners: WinnersExaggeration
    /// The variant of each experiment that is most probably the best of its variants.
    package let bestVariants: WinnersExaggeration
}

/// One experiment: θ_0 = 0 is its control.
package struct ExperimentDecision: Sendable, Equatable {
    package let experiment: String
    package let variants: [VariantDecision]
    /// P(max_i θ_i ≤ 0).
    package let controlProbabilityBest: Double
    /// E[max(θ_1, …, θ_n, 0)]: what is lost by keeping the control.
    package let controlLoss: Double
}

/// One variant against the others of its experiment.
package struct VariantDecision: Sendable, Equatable {
    package let variant: String
    /// δ and its standard error.
    package let effect: Double
    package let standardError: Double
    /// E[θ_i].
    package let shrunken: Double
    /// P(θ_i = max_j θ_j); variants that are equal share it.
    package let probabilityBest: Double
    /// P(θ_i = max_j θ_j, θ_i > 0); the control is the better of equals.
    package let probabilityBestAmongAll: Double
    /// E[max(θ_1, …, θ_n, 0) − θ_i].
    package let expectedLoss: Double
    /// Whether it has the experiment's largest `probabilityBest`; the first of equals.
    package let isBest: Bool
}

/// Effects chosen for being large, raw and shrunken.
package struct WinnersExaggeration: Sendable, Equatable {
    package let count: Int
    /// Mean δ; nil where none was chosen.
    package let rawMean: Double?
    /// Mean E[θ].
    package let shrunkenMean: Double?
    /// Σ E[θ]: what shipping them all brings.
    package let expectedTrueSum: Double

    /// rawMean/shrunkenMean; nil where the shrunken mean is not above zero.
    package var exaggeration: Double? {
        guard let rawMean, let shrunkenMean, shrunkenMean > 0 else { return nil }
        return rawMean / shrunkenMean
    }
}
