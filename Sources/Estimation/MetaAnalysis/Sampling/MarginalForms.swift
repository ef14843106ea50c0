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

    /// Adds effects that share nothing, two at a time.
    fileprivate mutating func add(
        _ range: Range<Int>, _ effects: UnsafeBufferPointer<Double>, _ own: UnsafeBufferPointer<Double>,
        _ mean: Double, _ tauSquared: Double, _ determinant: inout LogProduct
    ) {
        var j = range.lowerBound
        var (weights, scores) = (SIMD2<Double>.zero, SIMD2<Double>.zero)
        var (squares, solutions) = (SIMD2<Double>.zero, SIMD2<Double>.zero)
        while j < range.upperBound {
            // A missing second effect has an own variance that leaves no weight.
            let isPair = j + 1 < range.upperBound
            let v = SIMD2(own[j], isPair ? own[j + 1] : .infinity) + tauSquared
            let residual = SIMD2(effects[j], isPair ? effects[j + 1] : mean) - mean
            determinant.multiply(by: isPair ? v.x * v.y : v.x)
            let weight = 1 / v
            let solution = weight * residual
            weights += weight
            scores += solution
            squares += solution * residual
            solutions += solution * solution
            j += 2
        }
        trace += weights.x + weights.y
        score += scores.x + scores.y
        square += squares.x + squares.y
        squareOfSolution += solutions.x + solutions.y
    }
}

extension NoiseBlocks {
    /// In one pass over blocks that share nothing, two over the others; nothing is allocated.
    func forms(mean: Double, tauSquared: Double) -> MarginalForms {
        var result = MarginalForms()
        var determinant = LogProduct()
        effects.withUnsafeBufferPointer { effects in
            own.withUnsafeBufferPointer { own in
                if shared.isEmpty {
                    result.add(0..<count, effects, own, mean, tauSquared, &determinant)
                } else {
                    for k in 0..<blockCount {
                        if isSharing(k) {
                            add(sharing: k, hasScale(k), effects, own, mean, tauSquared, &result, &determinant)
                        } else {
                            result.add(range(k), effects, own, mean, tauSquared, &determinant)
                        }
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
