/// True effects of one block given τ², as linear functions of μ.
///
/// θ | δ, μ, τ² ~ Normal(μ1 + τ²B⁻¹(δ − μ1), τ²I − τ⁴B⁻¹); written so that no two large numbers are subtracted:
/// τ² − τ⁴(B⁻¹)_ii = τ²s²_i/v_i + τ⁴Σ_r κ_r z_ri². With μ ~ Normal(m, s²) the variance gains (1 − τ²(B⁻¹1)_i)²s².
struct BlockPosterior: Sendable {
    /// E[θ_i | μ] = fixed_i + slope_i μ.
    private(set) var fixed: [Double]
    private(set) var slope: [Double]
    /// Var[θ_i | μ].
    private(set) var conditional: [Double]

    init(_ blocks: NoiseBlocks, _ k: Int, _ tauSquared: Double) {
        let inverse = BlockInverse(blocks, k, tauSquared)
        let size = inverse.range.count
        fixed = inverse.solve(blocks.effects[inverse.range]).map { $0 * tauSquared }
        slope = []
        conditional = []
        let sums = inverse.vectors.map { $0.reduce(0, +) }
        for i in 0..<size {
            let weight = inverse.weights[i]
            let noise = blocks.own[inverse.range.lowerBound + i]
            var line = noise * weight
            var variance = tauSquared * noise * weight
            for (r, z) in inverse.vectors.enumerated() {
                line += tauSquared * inverse.kappas[r] * z[i] * sums[r]
                variance += tauSquared * tauSquared * inverse.kappas[r] * z[i] * z[i]
            }
            slope.append(line)
            conditional.append(variance)
        }
    }

    func mean(_ i: Int, populationMean: Double) -> Double { fixed[i] + slope[i] * populationMean }

    func variance(_ i: Int, meanVariance: Double) -> Double { conditional[i] + slope[i] * slope[i] * meanVariance }
}
