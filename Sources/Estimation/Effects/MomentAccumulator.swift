package import LinearAlgebra

/// Count, mean and covariance of rows that arrive one by one.
///
/// Welford's updates for G metrics: m ← m + (x − m)/n and S ← S + (x − m_old)(x − m_new)ᵀ; two accumulators merge
/// by Chan, Golub and LeVeque's rule. Sums of raw squares are never formed. The result depends on the order of rows
/// and of merges, so both must be fixed for equal bits. Sources: Welford, Technometrics 4(3), 1962; Chan, Golub and
/// LeVeque, The American Statistician 37(3), 1983.
package struct MomentAccumulator: Sendable, Equatable {
    package private(set) var count = 0
    package private(set) var mean: [Double]
    /// The packed lower triangle of Σ(x − x̄)(x − x̄)ᵀ.
    private var scatter: [Double]
    private var delta: [Double]

    package init(metrics: Int) {
        mean = Array(repeating: 0, count: metrics)
        delta = mean
        scatter = Array(repeating: 0, count: PackedSymmetric.count(order: metrics))
    }

    /// Adds one unit; `row` has one value for every metric.
    package mutating func add(_ row: [Double]) {
        count += 1
        let weight = 1 / Double(count)
        for (index, value) in zip(mean.indices, row) {
            delta[index] = value - mean[index]
            mean[index] += delta[index] * weight
        }
        let share = 1 - weight
        var position = 0
        for i in mean.indices {
            let scaled = delta[i] * share
            for j in 0...i {
                scatter[position] += scaled * delta[j]
                position += 1
            }
        }
    }

    /// Adds all of another accumulator's rows, as if they came after this one's.
    package mutating func merge(_ other: MomentAccumulator) {
        guard other.count > 0 else { return }
        guard count > 0 else {
            self = other
            return
        }
        let total = Double(count + other.count)
        let share = Double(other.count) / total
        let weight = Double(count) * share
        for index in mean.indices {
            delta[index] = other.mean[index] - mean[index]
            mean[index] += delta[index] * share
        }
        var position = 0
        for i in mean.indices {
            for j in 0...i {
                scatter[position] += other.scatter[position] + weight * delta[i] * delta[j]
                position += 1
            }
        }
        count += other.count
    }

    /// The unbiased covariance, divisor n − 1; nil below two rows.
    package var covariance: Matrix? {
        guard count > 1 else { return nil }
        return PackedSymmetric.unpack(scatter.map { $0 / Double(count - 1) }, order: mean.count)
    }

    /// The arm these rows make; nil below two rows.
    package func arm(named name: String) -> Arm? {
        covariance.map { Arm(name: name, count: count, mean: mean, covariance: $0) }
    }
}
