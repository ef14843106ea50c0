internal import LinearAlgebra
internal import Probability

/// Whether an experiment's arms agree on some metrics, as they do before a treatment and in an A/A test.
///
/// With Ω̂ pooled over the A + 1 arms on ν = Σ(n_a − 1) degrees of freedom and G metrics that are not combinations of each
/// other, T² = Σ_a n_a(ŷ_a − ŷ)ᵀΩ̂⁻¹(ŷ_a − ŷ) is Lawley and Hotelling's trace. F = T²(ν − G + 1)/(νGA) has F's law on
/// (GA, ν − G + 1) for normal units: exactly for two arms (Hotelling's T²) and for one metric (analysis of variance),
/// nearly for more of both.
package struct EqualArmsTest: Sendable, Equatable {
    /// F.
    package let statistic: Double
    package let numerator: Int
    package let denominator: Int
    package let p: Double

    /// - Returns: nil below two arms, without a metric that varies, or with too few units for the metrics.
    package init?(_ arms: [Arm]) {
        guard arms.count > 1, let pooled = DesignedExperiment.pooled(arms) else { return nil }
        let used = DesignedExperiment.independent(Array(0..<pooled.rows), in: pooled)
        let freedom = arms.reduce(0) { $0 + $1.count - 1 }
        numerator = used.count * (arms.count - 1)
        denominator = freedom - used.count + 1
        guard !used.isEmpty, denominator > 0,
            let factor = try? Cholesky(pooled.submatrix(rows: used, columns: used))
        else { return nil }
        let total = Double(arms.reduce(0) { $0 + $1.count })
        let mean = used.map { m in arms.reduce(0) { $0 + Double($1.count) * $1.mean[m] } / total }
        let trace = arms.reduce(0.0) { sum, arm in
            let scaled = factor.solveLower(zip(used, mean).map { arm.mean[$0] - $1 })
            return sum + Double(arm.count) * scaled.reduce(0) { $0 + $1 * $1 }
        }
        statistic = trace * Double(denominator) / (Double(freedom) * Double(numerator))
        p = FisherF(Double(numerator), Double(denominator)).upperTail(statistic)
    }
}
