extension EstimatorDescription {
    private static let independence = "Experiments are independent, and future ones are like these"

    static let decisions: [EstimatorDescription] = [
        EstimatorDescription(
            family: .decisions, name: "naive", title: "Observed effect of what is shipped",
            formula: "R̂ = K⁻¹ Σ_k τ̂_{k,d(τ̂_k),Y}, 0 where nothing is shipped",
            assumptions: [
                "Noise is negligible beside the true effects: else it is too high by the winner's curse, which more "
                    + "experiments do not take away",
                independence,
            ],
            source: MethodSources.chou),
        EstimatorDescription(
            family: .decisions, name: "cross-validation", title: "Decisions on all folds but one, scored on that one",
            formula: "R̂ = K⁻¹ Σ_k F⁻¹ Σ_f τ̂⁽ᶠ⁾_{k,d(τ̂_k⁽⁻ᶠ⁾),Y};  from moments ȳ⁽ᶠ⁾ = ȳ + √F L(z_f − z̄), LLᵀ = Ω̂/n",
            assumptions: [
                "It is unbiased for the rule that decides on (F − 1)/F of the units, which is near the rule on all of "
                    + "them",
                "Units are independent; where folds are drawn from moments, arm means are normal with known covariance",
                independence,
            ],
            source: MethodSources.chou),
    ]
}
