extension EstimatorDescription {
    static let effects: [EstimatorDescription] = [
        EstimatorDescription(
            family: .effects, name: "difference", title: "Difference of means",
            formula: "τ̂_i = ȳ_i − ȳ_0,  Cov(τ̂_i, τ̂_j) = Ω̂_0/n_0 + 1[i=j] Ω̂_i/n_i",
            assumptions: ["Units are independent and arms are assigned at random"],
            source: "J. Neyman, “On the Application of Probability Theory to Agricultural Experiments”, 1923"),
        EstimatorDescription(
            family: .effects, name: "relative", title: "Relative difference of means",
            formula: "τ̂_i = ȳ_i/ȳ_0 − 1,  Cov(τ̂_i, τ̂_j) = R_iD⁻¹Ω̂_0D⁻¹R_j/n_0 + 1[i=j] D⁻¹Ω̂_iD⁻¹/n_i,  "
                + "D = diag(ȳ_0), R_i = diag(ȳ_i/ȳ_0)",
            assumptions: ["The control mean is clearly not zero, so that the delta method holds"],
            source: "A. Deng, U. Knoblich, J. Lu, “Applying the Delta Method in Metric Analytics”, KDD 2018"),
        EstimatorDescription(
            family: .effects, name: "logRatio", title: "Log ratio of means",
            formula: "τ̂_i = log(ȳ_i/ȳ_0),  Cov(τ̂_i, τ̂_j) = D_0⁻¹Ω̂_0D_0⁻¹/n_0 + 1[i=j] D_i⁻¹Ω̂_iD_i⁻¹/n_i",
            assumptions: ["Both means have one sign and are clearly not zero, so that the delta method holds"],
            source: "L. Hedges, J. Gurevitch, P. Curtis, “The Meta-Analysis of Response Ratios”, Ecology 80(4), 1999"),
        EstimatorDescription(
            family: .effects, name: "standardised", title: "Standardised difference of means",
            formula: "d_i = (ȳ_i − ȳ_0)/s_0,  Cov(d_i, d_j) = 1/n_0 + d_id_j/(2(n_0 − 1)) + 1[i=j] s_i²/(s_0²n_i)",
            assumptions: ["Units of the control are close to normal, as far as the variance of s_0 goes"],
            source:
                "L. Gleser, I. Olkin, “Stochastically Dependent Effect Sizes”, in The Handbook of Research Synthesis, "
                + "1994"),
    ]
}
