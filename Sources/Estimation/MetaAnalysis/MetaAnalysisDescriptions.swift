extension EstimatorDescription {
    private static let known = "Noise is normal with known variances"
    private static let independent = "True effects of one experiment's arms are independent given μ"

    static let metaAnalyses: [EstimatorDescription] = [
        EstimatorDescription(
            family: .metaAnalysis, name: "reml", title: "Random effects, restricted maximum likelihood",
            formula: "δ ~ Normal(μ1, B), B = Σ + τ²I;  τ̂² = argmax −½(log|B| + log 1ᵀB⁻¹1 + δᵀPδ),  "
                + "P = B⁻¹ − B⁻¹11ᵀB⁻¹/(1ᵀB⁻¹1),  μ̂ = 1ᵀB⁻¹δ/(1ᵀB⁻¹1)",
            assumptions: [known, independent, "Standard errors take τ̂² as known"],
            source: "W. Viechtbauer, Journal of Educational and Behavioral Statistics 30(3), 2005; "
                + MethodSources.pananos),
        EstimatorDescription(
            family: .metaAnalysis, name: "ml", title: "Random effects, maximum likelihood",
            formula: "τ̂² = argmax −½(log|B| + δᵀPδ), else as reml",
            assumptions: [known, independent, "τ̂² is biased towards zero with few effects"],
            source: "R. Hardy, S. Thompson, Statistics in Medicine 15(6), 1996; " + MethodSources.pananos),
        EstimatorDescription(
            family: .metaAnalysis, name: "bayes", title: "Hierarchical normal model, exact posterior",
            formula: "δ ~ Normal(θ, Σ), θ ~ Normal(μ1, τ²I);  by default μ ~ Normal(mean δ, sd(δ)²), "
                + "τ ~ half-Cauchy(sd δ);  p(τ | δ) by quadrature, μ and θ normal given τ",
            assumptions: [known, independent, "The default prior looks at the effects once for its place and scale"],
            source: MethodSources.pananos + "; C. Röver, Journal of Statistical Software 93(6), 2020"),
    ]
}
