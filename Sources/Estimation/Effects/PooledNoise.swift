package import LinearAlgebra

/// The covariance of units pooled over all arms, Ω̂ = Σ_a (n_a − 1)Ω̂_a / Σ_a (n_a − 1), on the effects' scale.
///
/// On the relative scale it pools D_c⁻¹Ω̂_aD_c⁻¹, on the log-ratio scale D_a⁻¹Ω̂_aD_a⁻¹, on the standardised scale
/// s_c⁻¹Ω̂_as_c⁻¹; estimators that use it take R = 1 and leave S′ out.
package struct PooledNoise: Sendable, Equatable {
    /// G × G.
    package let covariance: Matrix
    /// ν = Σ_a (n_a − 1).
    package let degreesOfFreedom: Double
}

extension TreatmentEffects {
    /// - Throws: `needsCounts`.
    package func pooledNoise(for estimator: String = "This estimator") throws(EstimationError) -> PooledNoise {
        guard counts != nil else { throw .needsCounts(estimator: estimator) }
        var sum = Array(repeating: 0.0, count: packedOrder)
        var degrees = 0.0
        for k in 0..<experimentCount { addPooled(of: k, to: &sum, at: 0, degrees: &degrees) }
        return PooledNoise(
            covariance: PackedSymmetric.unpack(sum.map { $0 / degrees }, order: order), degreesOfFreedom: degrees)
    }

    /// Adds Σ_a (n_a − 1)Ω̂_a and Σ_a (n_a − 1) of experiment k; nothing without counts.
    func addPooled(of k: Int, to sum: inout [Double], at offset: Int, degrees: inout Double) {
        guard let counts else { return }
        let control = Double(counts.control[k])
        degrees += control - 1
        for p in 0..<packedOrder { sum[offset + p] += (control - 1) * control * shared[k * packedOrder + p] }
        for j in effects(of: k) {
            let count = Double(counts.treatment[j])
            degrees += count - 1
            for p in 0..<packedOrder { sum[offset + p] += (count - 1) * count * own[j * packedOrder + p] }
        }
    }
}
