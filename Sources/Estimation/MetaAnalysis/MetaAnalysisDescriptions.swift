extension EstimatorDescription {
    private static let known = "Noise is normal with known variances"
    private static let independent = "True effects of one experiment's arms are independent given μ"
    private static let fixedTau = "Standard errors take τ̂² as known"
    private static let moments = "No law of true effects is assumed for τ̂², only their variance"
    private static let viechtbauer =
        "W. Viechtbauer, Journal of Educational and Behavioral Statistics 30(3), 2005"
    private static let projection = "P = B⁻¹ − B⁻¹X(XᵀB⁻¹X)⁻¹XᵀB⁻¹"

    static let metaAnalyses: [EstimatorDescription] = likelihoods + momentEstimators + posteriors + otherLaws

    // MARK: By likelihood

    private static let likelihoods = [
        EstimatorDescription(
            family: .metaAnalysis, name: "reml", title: "Random effects, restricted maximum likelihood",
            formula: "δ ~ Normal(Xβ, B), B = Σ + τ²I, X = 1 without moderators;  "
                + "τ̂² = argmax −½(log|B| + log|XᵀB⁻¹X| + δᵀPδ),  \(projection),  β̂ = (XᵀB⁻¹X)⁻¹XᵀB⁻¹δ;  "
                + "with heterogeneity [experiment, arm] B = Σ + σ²_arm I + σ²_experiment 11ᵀ within experiments",
            assumptions: [known, independent, fixedTau], source: "\(viechtbauer); " + MethodSources.pananos),
        EstimatorDescription(
            family: .metaAnalysis, name: "ml", title: "Random effects, maximum likelihood",
            formula: "τ̂² = argmax −½(log|B| + δᵀPδ), else as reml",
            assumptions: [known, independent, fixedTau, "τ̂² is biased towards zero with few effects"],
            source: "R. Hardy, S. Thompson, Statistics in Medicine 15(6), 1996; " + MethodSources.pananos),
        EstimatorDescription(
            family: .metaAnalysis, name: "fixed", title: "One common effect",
            formula: "τ² = 0:  μ̂ = 1ᵀΣ⁻¹δ/(1ᵀΣ⁻¹1)",
            assumptions: [known, "All true effects are equal, or μ̂ is their weighted mean and nothing more"],
            source: "L. Hedges, I. Olkin, Statistical Methods for Meta-Analysis, Academic Press, 1985"),
    ]

    // MARK: By moments

    private static let momentEstimators = [
        EstimatorDescription(
            family: .metaAnalysis, name: "dl", title: "Random effects, DerSimonian and Laird",
            formula: "τ̂² = max(0, (Q − (N − p))/tr P) with Q = δᵀPδ and P at τ² = 0",
            assumptions: [known, independent, moments, fixedTau],
            source: "R. DerSimonian, N. Laird, Controlled Clinical Trials 7(3), 1986"),
        EstimatorDescription(
            family: .metaAnalysis, name: "pm", title: "Random effects, Paule and Mandel",
            formula: "Q(τ̂²) = δᵀPδ = N − p, or τ̂² = 0 where Q(0) is smaller",
            assumptions: [known, independent, moments, fixedTau],
            source: "R. Paule, J. Mandel, Journal of Research of the National Bureau of Standards 87(5), 1982"),
        EstimatorDescription(
            family: .metaAnalysis, name: "eb", title: "Random effects, Morris's empirical Bayes",
            formula: "Q(τ̂²) = N − p: the same solution as pm, with another standard error",
            assumptions: [known, independent, fixedTau],
            source: "C. Morris, Journal of the American Statistical Association 78(381), 1983"),
        EstimatorDescription(
            family: .metaAnalysis, name: "he", title: "Random effects, Hedges",
            formula: "τ̂² = max(0, (δᵀP₀δ − tr P₀Σ)/(N − p)), P₀ = I − X(XᵀX)⁻¹Xᵀ: effects unweighted",
            assumptions: [known, independent, moments, fixedTau],
            source: "L. Hedges, I. Olkin, Statistical Methods for Meta-Analysis, Academic Press, 1985"),
        EstimatorDescription(
            family: .metaAnalysis, name: "sj", title: "Random effects, Sidik and Jonkman",
            formula: "τ₀² = Σ(δ − X(XᵀX)⁻¹Xᵀδ)²/N;  τ̂² = τ₀² δᵀPδ/(N − p) with P at τ₀²",
            assumptions: [known, independent, "Noise is independent between effects", "τ̂² is never zero", fixedTau],
            source: "K. Sidik, J. Jonkman, Journal of the Royal Statistical Society C 54(2), 2005"),
        EstimatorDescription(
            family: .metaAnalysis, name: "hs", title: "Random effects, Hunter and Schmidt",
            formula: "τ̂² = max(0, (Q − N)/Σ1/σ²) with Q at τ² = 0",
            assumptions: [
                known, independent, "Noise is independent between effects", "τ̂² is biased downwards", fixedTau,
            ],
            source: "J. Hunter, F. Schmidt, Methods of Meta-Analysis, Sage, 2004"),
    ]

    // MARK: Posteriors

    private static let posteriors = [
        EstimatorDescription(
            family: .metaAnalysis, name: "bayes", title: "Hierarchical normal model, exact posterior",
            formula: "δ ~ Normal(θ, Σ), θ ~ Normal(μ1, τ²I);  by default μ ~ Normal(mean δ, sd(δ)²), "
                + "τ ~ half-Cauchy(sd δ);  p(τ | δ) by quadrature, μ and θ normal given τ",
            assumptions: [known, independent, "The default prior looks at the effects once for its place and scale"],
            source: MethodSources.pananos + "; C. Röver, Journal of Statistical Software 93(6), 2020"),
        EstimatorDescription(
            family: .metaAnalysis, name: "nuts", title: "Hierarchical normal model, No-U-Turn sampler",
            formula:
                "The posterior of bayes by draws:  (μ, log τ) sampled with θ integrated out and drawn back exactly, "
                + "or (μ, log τ, z) with θ = μ + τz",
            assumptions: [
                known, independent, "The chains have mixed, which R̂, effective sample sizes and divergences tell",
            ],
            source: "M. Hoffman, A. Gelman, Journal of Machine Learning Research 15, 2014; M. Betancourt, arXiv "
                + "1701.02434, 2017; A. Vehtari et al., Bayesian Analysis 16(2), 2021"),
    ]

    // MARK: Other laws of true effects

    private static let otherLaws = [
        EstimatorDescription(
            family: .metaAnalysis, name: "student-t", title: "Effects with Student's t law, maximum likelihood",
            formula: "δ ~ Normal(θ, Σ), θ ~ μ + σ t_ν;  μ, σ, ν by maximum likelihood, θ given them",
            assumptions: [known, independent, "Shrunken effects take the fitted law as known"],
            source:
                "K. Lee, S. Thompson, Statistics in Medicine 27(3), 2008; R. Baker, D. Jackson, Health Care Management "
                + "Science 11(2), 2008"),
        EstimatorDescription(
            family: .metaAnalysis, name: "spike-normal", title: "Effects with a spike at zero, adaptive shrinkage",
            formula: "θ ~ π₀δ₀ + Σ_m π_m Normal(0, σ_m²) over a grid of σ_m;  π by maximum likelihood, θ given it",
            assumptions: [
                known, independent, "The law of true effects has one mode, at zero, and is symmetric",
                "Shrunken effects take the fitted law as known",
            ],
            source: "M. Stephens, Biostatistics 18(2), 2017"),
    ]
}
