internal import Probability

extension NoiseBlocks {
    /// One draw of block k's true effects given μ and τ², written to `target`.
    ///
    /// First the errors that the block shares, then each effect, which are independent given those:
    /// θ_i ~ Normal(μ + τ²(r_i − e u_i − e′ d_i)/v_i, τ²s²_i/v_i).
    func drawEffects(
        of k: Int, mean: Double, tauSquared: Double, _ cursor: inout RandomCursor,
        into target: UnsafeMutablePointer<Double>
    ) {
        var (control, scale) = (0.0, 0.0)
        let hasScale = !scaleNoise.isEmpty && scaleNoise[k] > 0
        let isSharing = !shared.isEmpty && (shared[k] > 0 || hasScale)
        if isSharing {
            let terms = sharedTerms(k, hasScale, mean: mean, tauSquared: tauSquared)
            if hasScale {
                scale = terms.scaleKappa * terms.scaleResidual + terms.scaleKappa.squareRoot() * cursor.normal()
            }
            control = terms.kappa * (terms.ur - scale * terms.ud) + terms.kappa.squareRoot() * cursor.normal()
        }
        for (i, j) in range(k).enumerated() {
            let weight = tauSquared / (own[j] + tauSquared)
            var residual = effects[j] - mean
            if isSharing { residual -= control * multipliers[j] }
            if hasScale { residual -= scale * scaleMultipliers[j] }
            target[i] = mean + weight * residual + (own[j] * weight).squareRoot() * cursor.normal()
        }
    }
}
