/// One block inverse at one τ²: B⁻¹ = diag(1/v) − Σ_r κ_r z_rz_rᵀ, at most two terms.
struct BlockInverse: Sendable {
    let range: Range<Int>
    /// 1/v.
    private(set) var weights: [Double] = []
    private(set) var kappas: [Double] = []
    private(set) var vectors: [[Double]] = []

    init(_ blocks: NoiseBlocks, _ k: Int, _ tauSquared: Double) {
        range = blocks.range(k)
        weights = range.map { 1 / (blocks.own[$0] + tauSquared) }
        if !blocks.shared.isEmpty, blocks.shared[k] > 0 { add(blocks.shared[k], blocks.multipliers[range]) }
        if !blocks.scaleNoise.isEmpty, blocks.scaleNoise[k] > 0 {
            add(blocks.scaleNoise[k], blocks.scaleMultipliers[range])
        }
    }

    /// Adds cuuᵀ to the block: κ = c/(1 + cuᵀz) with z = B⁻¹u.
    private mutating func add(_ coefficient: Double, _ direction: ArraySlice<Double>) {
        let z = solve(direction)
        var form = 0.0
        for (a, b) in zip(direction, z) { form += a * b }
        kappas.append(coefficient / (1 + coefficient * form))
        vectors.append(z)
    }

    /// B⁻¹x.
    func solve(_ x: some Collection<Double>) -> [Double] {
        var result = zip(x, weights).map { $0 * $1 }
        for (kappa, z) in zip(kappas, vectors) {
            var product = 0.0
            for (a, b) in zip(z, x) { product += a * b }
            for i in result.indices { result[i] -= kappa * product * z[i] }
        }
        return result
    }

    /// (B⁻¹)_ii of the block's effect number i.
    func diagonal(_ i: Int) -> Double {
        var value = weights[i]
        for (kappa, z) in zip(kappas, vectors) { value -= kappa * z[i] * z[i] }
        return value
    }

    /// tr B⁻¹.
    var trace: Double { weights.indices.reduce(0) { $0 + diagonal($1) } }

    /// tr B⁻².
    var traceOfSquare: Double {
        var sum = weights.reduce(0) { $0 + $1 * $1 }
        for (r, z) in vectors.enumerated() {
            for i in z.indices { sum -= 2 * kappas[r] * z[i] * z[i] * weights[i] }
            for (s, y) in vectors.enumerated() {
                var product = 0.0
                for i in z.indices { product += z[i] * y[i] }
                sum += kappas[r] * kappas[s] * product * product
            }
        }
        return sum
    }
}
