/// Which variant is best, and how good the best is.
struct BestVariantOutcome: Sendable {
    /// P(θ_i = max_j θ_j).
    var best: [Double]
    /// P(θ_i = max_j θ_j, θ_i > 0).
    var bestAmongAll: [Double]
    /// E[max(θ_1, …, θ_n, 0)].
    var greatest: Double
    /// E[θ_i].
    var means: [Double]

    init(count: Int) {
        best = Array(repeating: 0, count: count)
        bestAmongAll = best
        greatest = 0
        means = best
    }

    mutating func add(_ other: BestVariantOutcome, weight: Double) {
        for i in best.indices {
            best[i] += weight * other.best[i]
            bestAmongAll[i] += weight * other.bestAmongAll[i]
            means[i] += weight * other.means[i]
        }
        greatest += weight * other.greatest
    }

    mutating func scale(by factor: Double) {
        for i in best.indices {
            best[i] *= factor
            bestAmongAll[i] *= factor
            means[i] *= factor
        }
        greatest *= factor
    }
}
