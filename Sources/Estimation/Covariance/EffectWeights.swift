internal import LinearAlgebra

/// How much each effect counts in second moments of effects.
package enum EffectWeights: String, Sendable, CaseIterable {
    /// w ∝ (1/n_t + 1/n_c)⁻¹.
    case precision
    /// w = 1/J.
    case equal
}

extension TreatmentEffects {
    /// Weights before they are made to sum to 1.
    ///
    /// `precision` is n_t n_c/(n_t + n_c); where effects came without counts it is the harmonic counterpart
    /// G/Σ_m(V_jj,mm / V̄_mm), V̄ the mean over effects, which is proportional to it when all arms have one unit
    /// covariance (V̄ stays that of all effects when some are left out).
    /// - Throws: `zeroNoise` where such a weight would be infinite.
    func weights(_ weights: EffectWeights) throws(EstimationError) -> [Double] {
        guard weights == .precision else { return Array(repeating: 1, count: count) }
        guard counts == nil else { return (0..<count).map { effectiveCount($0) ?? 1 } }
        var average = Array(repeating: 0.0, count: order)
        for j in 0..<count { for m in 0..<order { average[m] += covariance(j, j, m, m) / Double(count) } }
        var result: [Double] = []
        result.reserveCapacity(count)
        for j in 0..<count {
            var ratio = 0.0
            for m in 0..<order where average[m] > 0 { ratio += covariance(j, j, m, m) / average[m] }
            guard ratio > 0 else { throw .zeroNoise(experiment: experiments[experimentIndices[j]], arm: arms[j]) }
            result.append(Double(order) / ratio)
        }
        return result
    }
}
