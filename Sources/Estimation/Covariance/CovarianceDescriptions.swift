extension EstimatorDescription {
    private static let independence = "True effects of arms of one experiment are independent"

    static let covariances: [EstimatorDescription] = [
        EstimatorDescription(
            family: .covariance, name: "naive", title: "Covariance of estimated effects",
            formula: "Λ̂ = A/d,  A = Σ w_j(τ̂_j − τ̄)(τ̂_j − τ̄)ᵀ,  d = 1 − Σ w_j²",
            assumptions: [
                "Noise is negligible beside the true effects; more experiments do not make it so", independence,
            ],
            source: MethodSources.bibaut),
        EstimatorDescription(
            family: .covariance, name: "tc", title: "Total covariance less pooled noise",
            formula: "Λ̂ = (A − N)/d,  N = Σ w_jV_jj − Σ_{j,l in one experiment} w_jw_lV_jl,  "
                + "V_jl = Ω̂(1/n_c + 1[j=l]/n_t)",
            assumptions: ["All arms have one covariance of units, or equal sizes", independence],
            source: MethodSources.bibaut),
        EstimatorDescription(
            family: .covariance, name: "jive", title: "Jackknifed second moments",
            formula:
                "Λ̂ = (A − N)/d,  N as for tc with each arm's own Ω̂_a/n_a; for one arm ȳȳᵀ − Ω̂/n is the mean over units "
                + "of y_uȳ₍₋u₎ᵀ",
            assumptions: [
                "Units are independent within arms; their covariances may differ between arms", independence,
            ],
            source: MethodSources.bibaut),
        EstimatorDescription(
            family: .covariance, name: "reml", title: "Restricted maximum likelihood",
            formula: "τ̂ ~ Normal(τ, V), τ_j ~ Normal(μ, Λ), V known; Λ̂ maximises "
                + "−½(log|V + I⊗Λ| + log|A| + τ̂ᵀPτ̂) over Λ ⪰ 0,  A = Xᵀ(V + I⊗Λ)⁻¹X; without intercept μ = 0 and "
                + "it is maximum likelihood",
            assumptions: [
                "Noise and true effects are normal, the noise of known covariance", independence,
            ],
            source: MethodSources.multivariateREML),
    ]
}
