internal import MCMC
internal import Probability

/// log p(μ, x, z | δ), nothing integrated out: θ = μ1 + τz, z ~ Normal(0, I), δ ~ Normal(θ, Σ).
///
/// With s = Σ⁻¹(δ − θ): ∂/∂μ = 1ᵀs + (m − μ)/s₀², ∂/∂τ = zᵀs + (log p(τ))′, ∂/∂z = τs − z.
struct JointDensity: LogDensity {
    let frame: SamplingFrame
    /// Σ⁻¹ = diag(w) − Σ_r κ_r z_rz_rᵀ, block by block: w, then κ by block and z by effect of each term.
    private let weights: [Double]
    private let terms: [(kappas: [Double], directions: [Double])]

    init(_ frame: SamplingFrame) {
        self.frame = frame
        let blocks = frame.blocks
        weights = blocks.own.map { 1 / $0 }
        var terms: [(kappas: [Double], directions: [Double])] = []
        for k in 0..<(blocks.shared.isEmpty ? 0 : blocks.blockCount) {
            let inverse = BlockInverse(blocks, k, 0)
            for (r, vector) in inverse.vectors.enumerated() {
                if terms.count == r {
                    terms.append(
                        (Array(repeating: 0, count: blocks.blockCount), Array(repeating: 0, count: blocks.count)))
                }
                terms[r].kappas[k] = inverse.kappas[r]
                for (j, value) in zip(inverse.range, vector) { terms[r].directions[j] = value }
            }
        }
        self.terms = terms
    }

    var dimension: Int { frame.blocks.count + 2 }

    func value(at position: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>) -> Double {
        let blocks = frame.blocks
        let mean = frame.meanPlace + frame.meanSpread * position[0]
        let point = frame.coordinate.point(frame.place + frame.spread * position[1])
        let (z, solution) = (position + 2, gradient + 2)
        for j in 0..<blocks.count { solution[j] = weights[j] * (blocks.effects[j] - mean - point.tau * z[j]) }
        for (kappas, directions) in terms {
            for k in 0..<blocks.blockCount where kappas[k] > 0 {
                var product = 0.0
                for j in blocks.range(k) {
                    product += directions[j] * (blocks.effects[j] - mean - point.tau * z[j])
                }
                for j in blocks.range(k) { solution[j] -= kappas[k] * product * directions[j] }
            }
        }
        var (square, length, score, slope) = (0.0, 0.0, 0.0, 0.0)
        for j in 0..<blocks.count {
            let s = solution[j]
            square += s * (blocks.effects[j] - mean - point.tau * z[j])
            length += z[j] * z[j]
            score += s
            slope += s * z[j]
            solution[j] = point.tau * s - z[j]
        }
        let prior = frame.prior.heterogeneity.kernel(point.tau)
        let belief = frame.prior.mean.kernel(mean)
        gradient[0] = (score + belief.slope) * frame.meanSpread
        gradient[1] = ((slope + prior.slope) * point.slope + point.jacobianSlope) * frame.spread
        return belief.value + prior.value + point.logJacobian - (square + length) / 2
    }
}
