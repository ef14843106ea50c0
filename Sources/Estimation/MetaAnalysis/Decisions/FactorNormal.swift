/// The true effects of one experiment given τ and δ, μ integrated out: θ_i = m_i + √d_i ε_i + Σ_r L_ri f_r, all of ε and
/// f independent standard normals.
///
/// With μ | τ, δ ~ Normal(·, s²), Cov θ = τ²I − τ⁴B⁻¹ + s²llᵀ and l = 1 − τ²B⁻¹1. As B⁻¹ = diag(1/v) − Σ_r κ_rz_rz_rᵀ this
/// is diag(τ²s²_t/v) + Σ_r τ⁴κ_rz_rz_rᵀ + s²llᵀ: a diagonal and at most three factors, no difference taken.
struct FactorNormal: Sendable {
    private(set) var means: [Double] = []
    /// √d.
    private(set) var deviations: [Double] = []
    /// loadings[r][i].
    private(set) var loadings: [[Double]] = []

    /// - Parameters:
    ///   - numbers: The experiment's blocks.
    ///   - mean: E[μ | τ, δ] of the centred effects, and the variance.
    init(_ blocks: NoiseBlocks, _ numbers: Range<Int>, tauSquared: Double, mean: (mean: Double, variance: Double)) {
        let tau = tauSquared.squareRoot()
        var slopes: [Double] = []
        for k in numbers {
            let posterior = BlockPosterior(blocks, k, tauSquared)
            let inverse = BlockInverse(blocks, k, tauSquared)
            for i in 0..<inverse.range.count {
                means.append(posterior.mean(i, populationMean: mean.mean) + blocks.centre)
                let share = blocks.own[inverse.range.lowerBound + i] * inverse.weights[i]
                deviations.append(tau * share.squareRoot())
            }
            // Only an experiment of one block has factors of its own.
            for (kappa, vector) in zip(inverse.kappas, inverse.vectors) {
                let size = tauSquared * kappa.squareRoot()
                loadings.append(vector.map { $0 * size })
            }
            slopes += posterior.slope
        }
        let spread = mean.variance.squareRoot()
        loadings.append(slopes.map { $0 * spread })
    }

    /// The standard deviation of θ_i.
    func spread(_ i: Int) -> Double {
        var variance = deviations[i] * deviations[i]
        for loading in loadings { variance += loading[i] * loading[i] }
        return variance.squareRoot()
    }
}
