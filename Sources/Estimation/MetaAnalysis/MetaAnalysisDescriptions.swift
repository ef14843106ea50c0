extension EstimatorDescription {
    private static let known = "Noise is normal with known variances"
    private static let independent = "True effects of one experiment's arms are independent given μ"

    private static let uncorrelated = "Noises of effects are independent"
    private static let reviewed =
        "W. Viechtbauer, Journal of Educational and Behavioral Statistics 30(3), 2005; A. Veroniki et al., Research "
        + "Synthesis Methods 7(1), 2016"

    /// A random-effects model with τ² by moments.
    private static func moments(
        _ name: String, _ title: String, formula: String, source: String, noise: String? = nil
    ) -> EstimatorDescription {
        EstimatorDescription(
            family: .metaAnalysis, name: name, title: "Random effects, " + title, formula: formula + ", else as reml",
            assumptions: [known, independent] + (noise.map { [$0] } ?? []), source: source + "; " + reviewed)
    }

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
            family: .metaAnalysis, name: "fixed", title: "One true effect",
            formula: "τ² = 0;  μ̂ = 1ᵀΣ⁻¹δ/(1ᵀΣ⁻¹1)",
            assumptions: [known, "All true effects are equal, or μ̂ is their weighted mean and nothing more"],
            source: reviewed),
        moments(
            "dl", "DerSimonian and Laird", formula: "τ̂² = (Q − (N − p))/tr P at τ² = 0",
            source: "R. DerSimonian, N. Laird, Controlled Clinical Trials 7(3), 1986"),
        moments(
            "pm", "Paule and Mandel", formula: "Q(τ̂²) = N − p",
            source: "R. Paule, J. Mandel, Journal of Research of the National Bureau of Standards 87(5), 1982"),
        moments(
            "eb", "empirical Bayes", formula: "Q(τ̂²) = N − p, Paule and Mandel’s root",
            source: "C. Morris, Journal of the American Statistical Association 78(381), 1983"),
        moments(
            "he", "Hedges", formula: "τ̂² = (δᵀP₀δ − tr P₀Σ)/(N − p), P₀ = I − X(XᵀX)⁻¹Xᵀ",
            source: "L. Hedges, I. Olkin, Statistical Methods for Meta-Analysis, 1985"),
        moments(
            "sj", "Sidik and Jonkman", formula: "τ̂² = τ₀²Q(τ₀²)/(N − p), τ₀² = Σ(δ − δ̄)²/N",
            source: "K. Sidik, J. Jonkman, Journal of the Royal Statistical Society C 54(2), 2005", noise: uncorrelated),
        moments(
            "hs", "Hunter and Schmidt", formula: "τ̂² = (Q − N)/Σ1/s²",
            source: "F. Schmidt, J. Hunter, Methods of Meta-Analysis, 2015", noise: uncorrelated),
        EstimatorDescription(
            family: .metaAnalysis, name: "bayes", title: "Hierarchical normal model, exact posterior",
            formula: "δ ~ Normal(θ, Σ), θ ~ Normal(μ1, τ²I);  by default μ ~ Normal(mean δ, sd(δ)²), "
                + "τ ~ half-Cauchy(sd δ);  p(τ | δ) by quadrature, μ and θ normal given τ",
            assumptions: [known, independent, "The default prior looks at the effects once for its place and scale"],
            source: MethodSources.pananos + "; C. Röver, Journal of Statistical Software 93(6), 2020"),
    ]
}
