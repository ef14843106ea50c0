internal import LinearAlgebra

/// Units and a first Λ for the likelihood, from weighted moments of effects.
///
/// Weights 1/(1 + r_j) with r_j the effect's mean noise variance relative to all effects' keep very noisy effects from
/// setting the units. Λ₀ is A − Σw_jV_jj in units of √A_mm, its eigenvalues raised to at least 0.05.
struct LikelihoodStart: Sendable {
    private(set) var centre: [Double]
    /// √A_mm, or the noise's where all effects are equal, or 1.
    private(set) var scales: [Double]
    /// G × G, in those units, positive definite.
    private(set) var covariance: Matrix

    /// - Throws: `noConvergence` where moments overflow.
    init(_ effects: TreatmentEffects, intercept: Bool) throws(EstimationError) {
        let order = effects.order
        let weights = LikelihoodStart.weights(effects)
        centre = Array(repeating: 0.0, count: order)
        var sum = 0.0
        for (j, weight) in weights.enumerated() {
            sum += weight
            guard intercept else { continue }
            for m in 0..<order { centre[m] += (effects.value(j, m) - centre[m]) * (weight / sum) }
        }
        var second = Matrix(rows: order, columns: order)
        var noise = second
        for (j, weight) in weights.enumerated() {
            for a in 0..<order {
                let x = effects.value(j, a) - centre[a]
                for b in 0...a {
                    second[a, b] += weight / sum * x * (effects.value(j, b) - centre[b])
                    noise[a, b] += weight / sum * effects.covariance(j, j, a, b)
                }
            }
        }
        scales = (0..<order).map { m in
            second[m, m] > 0 ? second[m, m].squareRoot() : noise[m, m] > 0 ? noise[m, m].squareRoot() : 1
        }
        covariance = Matrix(rows: order, columns: order)
        for a in 0..<order {
            for b in 0...a {
                covariance[a, b] = (second[a, b] - noise[a, b]) / scales[a] / scales[b]
                covariance[b, a] = covariance[a, b]
            }
        }
        guard let eigen = try? SymmetricEigen(covariance) else { throw .noConvergence(method: "reml") }
        covariance = eigen.mapValues { max($0, 0.05) }
    }

    private static func weights(_ effects: TreatmentEffects) -> [Double] {
        let order = effects.order
        var average = Array(repeating: 0.0, count: order)
        for j in 0..<effects.count {
            for m in 0..<order { average[m] += effects.covariance(j, j, m, m) / Double(effects.count) }
        }
        return (0..<effects.count).map { j in
            var ratio = 0.0
            for m in 0..<order where average[m] > 0 { ratio += effects.covariance(j, j, m, m) / average[m] }
            return 1 / (1 + ratio / Double(order))
        }
    }
}
