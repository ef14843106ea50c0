package import LinearAlgebra

/// Count, mean and covariance of rows that arrive one by one.
///
/// Welford's updates for G metrics: m ← m + (x − m)/n and S ← S + (x − m_old)(x − m_new)ᵀ; two accumulators merge
/// by Chan, Golub and LeVeque's rule. Sums of raw squares are never formed. The result depends on the order of rows
/// and of merges, so both must be fixed for equal bits. Sources: Welford, Technometrics 4(3), 1962; Chan, Golub and
/// LeVeque, The American Statistician 37(3), 1983.
package struct MomentAccumulator: Sendable, Equatable {
    package private(set) var count = 0
    private let order: Int
    /// The means, the last row's deviations from those before it, and the packed lower triangle of Σ(x − x̄)(x − x̄)ᵀ: one array,
    /// for very many accumulators are added to in turn.
    private var state: [Double]

    package init(metrics: Int) {
        order = metrics
        state = Array(repeating: 0, count: 2 * metrics + PackedSymmetric.count(order: metrics))
    }

    /// Of rows that somebody else went through.
    ///
    /// - Parameters:
    ///   - mean: Of every metric.
    ///   - covariance: Unbiased; nil of one row.
    package init(count: Int, mean: [Double], covariance: Matrix?) {
        self.init(metrics: mean.count)
        self.count = count
        state.replaceSubrange(0..<order, with: mean)
        guard let covariance else { return }
        var position = 2 * order
        for i in 0..<order {
            for j in 0...i {
                state[position] = covariance[i, j] * Double(count - 1)
                position += 1
            }
        }
    }

    package var mean: [Double] { Array(state[..<order]) }
    private var scatter: ArraySlice<Double> { state[(2 * order)...] }

    /// Adds one unit; `row` has one value for every metric.
    package mutating func add(_ row: [Double]) { row.withUnsafeBufferPointer { add($0) } }

    /// Adds one unit; `row` has one value for every metric.
    package mutating func add(_ row: UnsafeBufferPointer<Double>) {
        count += 1
        let weight = 1 / Double(count)
        let share = 1 - weight
        let order = order
        precondition(row.count == order, "A row has one value for every metric")
        state.withUnsafeMutableBufferPointer { state in
            var position = 2 * order
            for i in 0..<order {
                let delta = row[i] - state[i]
                state[order + i] = delta
                state[i] += delta * weight
                let scaled = delta * share
                for j in 0...i {
                    state[position] += scaled * state[order + j]
                    position += 1
                }
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
        for index in 0..<order {
            state[order + index] = other.state[index] - state[index]
            state[index] += state[order + index] * share
        }
        var position = 2 * order
        for i in 0..<order {
            for j in 0...i {
                state[position] += other.state[position] + weight * state[order + i] * state[order + j]
                position += 1
            }
        }
        count += other.count
    }

    /// The unbiased covariance, divisor n − 1; nil below two rows.
    package var covariance: Matrix? {
        guard count > 1 else { return nil }
        return PackedSymmetric.unpack(scatter.map { $0 / Double(count - 1) }, order: order)
    }

    /// The arm these rows make; nil below two rows.
    package func arm(named name: String) -> Arm? {
        covariance.map { Arm(name: name, count: count, mean: mean, covariance: $0) }
    }
}
