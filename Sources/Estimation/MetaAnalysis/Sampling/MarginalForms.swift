internal import Probability

/// What the density of effects given μ and τ², and its derivatives, are made of: with r = δ − μ1 over all blocks.
struct MarginalForms {
    /// log |B|, rᵀB⁻¹r.
    var logDeterminant = 0.0
    var square = 0.0
    /// 1ᵀB⁻¹r, rᵀB⁻²r, tr B⁻¹.
    var score = 0.0
    var squareOfSolution = 0.0
    var trace = 0.0
}

extension NoiseBlocks {
    /// In one pass over blocks that share nothing, two over the others; nothing is allocated.
    func forms(mean: Double, tauSquared: Double) -> MarginalForms {
        var result = MarginalForms()
        var determinant = LogProduct()
        effects.withUnsafeBufferPointer { effects in
            own.withUnsafeBufferPointer { own in
                for k in 0..<blockCount {
                    let hasScale = !scaleNoise.isEmpty && scaleNoise[k] > 0
                    if shared.isEmpty || (shared[k] == 0 && !hasScale) {
                        for j in range(k) {
                            let v = own[j] + tauSquared
                            determinant.multiply(by: v)
                            let weight = 1 / v
                            let solution = weight * (effects[j] - mean)
                            result.trace += weight
                            result.score += solution
                            result.square += solution * (effects[j] - mean)
                            result.squareOfSolution += solution * solution
                        }
                    } else {
                        add(sharing: k, hasScale, effects, own, mean, tauSquared, &result, &determinant)
                    }
                }
            }
        }
        result.logDeterminant = determinant.value
        return result
    }

    /// B⁻¹r = w∘r − κ z zᵀr − κ′ z′ z′ᵀr with z = w∘u and z′ = w∘d − κ (zᵀd) z.
    private func add(
        sharing k: Int, _ hasScale: Bool, _ effects: UnsafeBufferPointer<Double>, _ own: UnsafeBufferPointer<Double>,
        _ mean: Double, _ tauSquared: Double, _ result: inout MarginalForms, _ determinant: inout LogProduct
    ) {
        let terms = sharedTerms(k, hasScale, mean: mean, tauSquared: tauSquared)
        determinant.multiply(by: 1 + shared[k] * terms.uu)
        if hasScale { determinant.multiply(by: 1 + scaleNoise[k] * terms.form) }
        let first = terms.kappa * terms.ur
        let second = terms.scaleKappa * terms.scaleResidual
        let across = terms.kappa * terms.ud
        for j in range(k) {
            let v = own[j] + tauSquared
            determinant.multiply(by: v)
            let weight = 1 / v
            let z = weight * multipliers[j]
            var solution = weight * (effects[j] - mean) - first * z
            result.trace += weight - terms.kappa * z * z
            if hasScale {
                let y = weight * scaleMultipliers[j] - across * z
                solution -= second * y
                result.trace -= terms.scaleKappa * y * y
            }
            result.score += solution
            result.square += solution * (effects[j] - mean)
            result.squareOfSolution += solution * solution
        }
    }

    /// Forms of the shared directions u and d in W = diag(1/v), and what they make of the errors they multiply.
    ///
    /// The scale's error given effects is Normal(κ′z′ᵀr, κ′); the control's, given effects and the scale's error e, is
    /// Normal(κ(uᵀWr − e uᵀWd), κ).
    struct SharedTerms {
        /// uᵀWu, uᵀWr, uᵀWd.
        var uu = 0.0
        var ur = 0.0
        var ud = 0.0
        /// κ = s²_c/(1 + s²_c uᵀWu).
        var kappa = 0.0
        /// dᵀWd − κ(uᵀWd)², κ′, z′ᵀr.
        var form = 0.0
        var scaleKappa = 0.0
        var scaleResidual = 0.0
    }

    func sharedTerms(_ k: Int, _ hasScale: Bool, mean: Double, tauSquared: Double) -> SharedTerms {
        var terms = SharedTerms()
        var (dd, dr) = (0.0, 0.0)
        for j in range(k) {
            let weight = 1 / (own[j] + tauSquared)
            let z = weight * multipliers[j]
            terms.uu += z * multipliers[j]
            terms.ur += z * (effects[j] - mean)
            if hasScale {
                let d = scaleMultipliers[j]
                terms.ud += z * d
                dd += weight * d * d
                dr += weight * d * (effects[j] - mean)
            }
        }
        terms.kappa = shared[k] / (1 + shared[k] * terms.uu)
        if hasScale {
            terms.form = dd - terms.kappa * terms.ud * terms.ud
            terms.scaleKappa = scaleNoise[k] / (1 + scaleNoise[k] * terms.form)
            terms.scaleResidual = dr - terms.kappa * terms.ud * terms.ur
        }
        return terms
    }
}
