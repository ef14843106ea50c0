/// Second-order sums over all blocks: what derivatives of the likelihood in τ² are made of.
struct CurvatureSums: Sendable {
    /// tr B⁻¹ and tr B⁻².
    var trace = 0.0
    var traceOfSquare = 0.0
    /// 1ᵀB⁻¹1, 1ᵀB⁻²1, 1ᵀB⁻³1.
    var one1 = 0.0
    var one2 = 0.0
    var one3 = 0.0
    /// 1ᵀB⁻¹δ.
    var weighted = 0.0
    /// 1ᵀB⁻²δ, δᵀB⁻²δ.
    var mixed2 = 0.0
    var square2 = 0.0

    init(_ blocks: NoiseBlocks, _ tauSquared: Double) {
        for k in 0..<blocks.blockCount {
            if blocks.scaleNoise.isEmpty {
                addRankOne(blocks, k, tauSquared)
            } else {
                addGeneral(blocks, k, tauSquared)
            }
        }
    }

    private mutating func addGeneral(_ blocks: NoiseBlocks, _ k: Int, _ tauSquared: Double) {
        let inverse = BlockInverse(blocks, k, tauSquared)
        let effects = blocks.effects[inverse.range]
        let ones = inverse.solve(repeatElement(1.0, count: inverse.range.count))
        let solved = inverse.solve(effects)
        let twice = inverse.solve(ones)
        trace += inverse.trace
        traceOfSquare += inverse.traceOfSquare
        for i in ones.indices {
            one1 += ones[i]
            one2 += ones[i] * ones[i]
            one3 += ones[i] * twice[i]
            weighted += solved[i]
            mixed2 += ones[i] * solved[i]
            square2 += solved[i] * solved[i]
        }
    }

    /// The same for B = diag(v) + s²_c uuᵀ, without arrays; `addGeneral` in scalars.
    private mutating func addRankOne(_ blocks: NoiseBlocks, _ k: Int, _ tauSquared: Double) {
        let range = blocks.range(k)
        let shared = blocks.shared.isEmpty ? 0 : blocks.shared[k]
        var (z1, zd, zu, zz, zwz) = (0.0, 0.0, 0.0, 0.0, 0.0)
        if shared > 0 {
            for j in range {
                let weight = 1 / (blocks.own[j] + tauSquared)
                let z = weight * blocks.multipliers[j]
                z1 += z
                zd += z * blocks.effects[j]
                zu += z * blocks.multipliers[j]
                zz += z * z
                zwz += z * z * weight
            }
        }
        let kappa = shared / (1 + shared * zu)
        var (squares, product) = (0.0, 0.0)
        for j in range {
            let weight = 1 / (blocks.own[j] + tauSquared)
            let z = shared > 0 ? weight * blocks.multipliers[j] : 0
            let one = weight - kappa * z1 * z
            let solved = weight * blocks.effects[j] - kappa * zd * z
            trace += weight
            traceOfSquare += weight * weight
            one1 += one
            one2 += one * one
            squares += one * one * weight
            product += z * one
            weighted += solved
            mixed2 += one * solved
            square2 += solved * solved
        }
        trace -= kappa * zz
        traceOfSquare += kappa * (kappa * zz * zz - 2 * zwz)
        one3 += squares - kappa * product * product
    }

    /// tr P with P = B⁻¹ − B⁻¹1(1ᵀB⁻¹1)⁻¹1ᵀB⁻¹.
    var projectedTrace: Double { trace - one2 / one1 }
    /// tr PP.
    var projectedTraceOfSquare: Double { traceOfSquare - 2 * one3 / one1 + (one2 / one1) * (one2 / one1) }
    /// δᵀPPδ, with r = δ − μ̂1: rᵀB⁻²r.
    var projectedSquare: Double {
        let mean = weighted / one1
        return square2 - 2 * mean * mixed2 + mean * mean * one2
    }
}
