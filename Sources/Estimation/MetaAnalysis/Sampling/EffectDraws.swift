internal import Probability

extension NoiseBlocks {
    func hasScale(_ k: Int) -> Bool { !scaleNoise.isEmpty && scaleNoise[k] > 0 }
    func isSharing(_ k: Int) -> Bool { !shared.isEmpty && (shared[k] > 0 || hasScale(k)) }

    /// How many normal draws one draw of block k's true effects takes: one an effect and one an error they share.
    func normalsNeeded(_ k: Int) -> Int { range(k).count + (isSharing(k) ? 1 : 0) + (hasScale(k) ? 1 : 0) }

    /// One draw of block k's true effects given μ and τ², written to `target`, from `normalsNeeded` standard normal draws.
    ///
    /// First the errors that the block shares, then each effect, which are independent given those:
    /// θ_i ~ Normal(μ + τ²(r_i − e u_i − e′ d_i)/v_i, τ²s²_i/v_i).
    func drawEffects(
        of k: Int, mean: Double, tauSquared: Double, _ normals: UnsafePointer<Double>,
        into target: UnsafeMutablePointer<Double>
    ) {
        var (control, scale) = (0.0, 0.0)
        let range = range(k)
        let (hasScale, isSharing) = (hasScale(k), isSharing(k))
        if isSharing {
            let terms = sharedTerms(k, hasScale, mean: mean, tauSquared: tauSquared)
            if hasScale {
                let normal = normals[range.count + 1]
                scale = terms.scaleKappa * terms.scaleResidual + terms.scaleKappa.squareRoot() * normal
            }
            control = terms.kappa * (terms.ur - scale * terms.ud) + terms.kappa.squareRoot() * normals[range.count]
        }
        for j in range {
            let i = j - range.lowerBound
            let weight = tauSquared / (own[j] + tauSquared)
            var residual = effects[j] - mean
            if isSharing { residual -= control * multipliers[j] }
            if hasScale { residual -= scale * scaleMultipliers[j] }
            target[i] = mean + weight * residual + (own[j] * weight).squareRoot() * normals[i]
        }
    }
}
