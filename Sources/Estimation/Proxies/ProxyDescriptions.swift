extension EstimatorDescription {
    private static let noDirectEffects = "There are no direct effects: the outcome moves through the proxies only"
    private static let inside =
        "Direct effects are uncorrelated with the effects on the proxies across experiments (INSIDE)"
    private static let equalNoise = "All arms have one covariance of units, or equal sizes"
    private static let scatter =
        "M = Σ_k T_kᵀW_kT_k [− bbᵀ/P with intercept],  W_k = (diag(1/n_ki) + 11ᵀ/n_k0)⁻¹"

    static let proxies: [EstimatorDescription] = [
        EstimatorDescription(
            family: .proxies, name: "naive", title: "Regression of estimated effects",
            formula: "β̂ = Λ̂_SS⁻¹Λ̂_SY with Λ̂ = A/d",
            assumptions: ["Noise is negligible beside the true effects", inside], source: MethodSources.bibaut),
        EstimatorDescription(
            family: .proxies, name: "tc", title: "Total covariance",
            formula: "β̂ = Λ̂_SS⁻¹Λ̂_SY with Λ̂ = (A − N)/d, N from one pooled Ω̂", assumptions: [inside, equalNoise],
            source: MethodSources.bibaut),
        EstimatorDescription(
            family: .proxies, name: "jive", title: "Jackknife instrumental variables",
            formula: "β̂ = Λ̂_SS⁻¹Λ̂_SY with Λ̂ = (A − N)/d, N from each arm's own Ω̂_a", assumptions: [inside],
            source: MethodSources.bibaut
                + "; J. Angrist, G. Imbens, A. Krueger, Journal of Applied Econometrics 14(1), 1999"),
        EstimatorDescription(
            family: .proxies, name: "tsls", title: "Two-stage least squares",
            formula: "β̂ = M_SS⁻¹M_SY,  " + scatter,
            assumptions: [
                "Arms move the proxies strongly (F above 10); otherwise it leans to the regression of units", inside,
            ],
            source: "H. Theil, “Repeated Least Squares Applied to Complete Equation Systems”, 1953"),
        EstimatorDescription(
            family: .proxies, name: "liml", title: "Limited-information maximum likelihood",
            formula: "β̂ = (M_SS − κΩ̂_SS)⁻¹(M_SY − κΩ̂_SY), κ the smallest eigenvalue of Mγ = κΩ̂γ,  " + scatter,
            assumptions: [noDirectEffects, equalNoise],
            source: "T. Anderson, H. Rubin, Annals of Mathematical Statistics 20(1), 1949"),
        EstimatorDescription(
            family: .proxies, name: "fuller", title: "Fuller's modification of LIML",
            formula: "β̂ = β(κ − α), β(c) = (M_SS − cΩ̂_SS)⁻¹(M_SY − cΩ̂_SY), α = 1 (nearly unbiased) or 4",
            assumptions: [noDirectEffects, equalNoise], source: "W. Fuller, Econometrica 45(4), 1977"),
        EstimatorDescription(
            family: .proxies, name: "hliml", title: "LIML under heteroskedasticity",
            formula:
                "β̂ = (M_SS − κN_SS)⁻¹(M_SY − κN_SY), N the noise of M under each arm's own covariance, κ the smallest "
                + "root of Mγ = κNγ,  " + scatter,
            assumptions: [noDirectEffects],
            source: "J. Hausman, W. Newey, T. Woutersen, J. Chao, N. Swanson, Quantitative Economics 3(2), 2012"),
        EstimatorDescription(
            family: .proxies, name: "hfuller", title: "Fuller's modification of LIML under heteroskedasticity",
            formula: "as hliml with κ − α/J′ in place of κ, α = 1 or 4", assumptions: [noDirectEffects],
            source: "J. Hausman, W. Newey, T. Woutersen, J. Chao, N. Swanson, Quantitative Economics 3(2), 2012"),
        EstimatorDescription(
            family: .proxies, name: "k-class", title: "k-class",
            formula: "β̂ = β((k − 1)ν), β(c) = (M_SS − cΩ̂_SS)⁻¹(M_SY − cΩ̂_SY), ν = Σ_a(n_a − 1)",
            assumptions: ["The chosen k suits the noise: 1 is two-stage least squares", equalNoise],
            source: "H. Theil, Economic Forecasts and Policy, 1958"),
        EstimatorDescription(
            family: .proxies, name: "reml", title: "Restricted maximum likelihood",
            formula: "β̂ = Λ̂_SS⁻¹Λ̂_SY with Λ̂ of τ̂ ~ Normal(τ, V), τ_j ~ Normal(μ, Λ), V known, by restricted maximum "
                + "likelihood",
            assumptions: [inside, "Noise and true effects are normal, the noise of known covariance"],
            source: MethodSources.multivariateREML),
    ]
}
