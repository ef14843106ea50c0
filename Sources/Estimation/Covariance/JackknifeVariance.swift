internal import LinearAlgebra

/// (K − 1)/K Σ_k (θ₍₋k₎ − θ̄)(θ₍₋k₎ − θ̄)ᵀ, accumulated estimate by estimate.
///
/// Source: Efron and Stein, "The Jackknife Estimate of Variance", Annals of Statistics 9(3), 1981.
struct JackknifeVariance: Sendable {
    private var moments: MomentAccumulator

    init(count: Int) { moments = MomentAccumulator(metrics: count) }

    var replicates: Int { moments.count }

    mutating func add(_ estimate: [Double]) { moments.add(estimate) }

    /// Zeros below two replicates.
    var covariance: Matrix {
        guard let covariance = moments.covariance else {
            return Matrix(rows: moments.mean.count, columns: moments.mean.count)
        }
        let count = Double(moments.count)
        return ((count - 1) * (count - 1) / count) * covariance
    }

    var standardErrors: [Double] { covariance.diagonal.map { $0.squareRoot() } }

    /// θ̄, the mean of the replicates.
    var mean: [Double] { moments.mean }
}
