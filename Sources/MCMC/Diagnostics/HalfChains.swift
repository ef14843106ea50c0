internal import Probability

/// Chains cut in halves, laid one after another.
struct HalfChains {
    /// Draws of a half.
    let length: Int
    let count: Int
    private(set) var values: [Double]

    init(_ chains: [[Double]]) {
        length = (chains.first?.count ?? 0) / 2
        count = 2 * chains.count
        values = []
        values.reserveCapacity(count * length)
        for chain in chains {
            values.append(contentsOf: chain.prefix(length))
            values.append(contentsOf: chain.suffix(length))
        }
    }

    private init(_ other: HalfChains, values: [Double]) {
        (length, count) = (other.length, other.count)
        self.values = values
    }

    /// Distances from the median of all, the mean of the two middle ones: there is an even number of halves.
    func folded() -> HalfChains {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        guard middle > 0 else { return self }
        let median = (sorted[middle - 1] + sorted[middle]) / 2
        return HalfChains(self, values: values.map { ($0 - median).magnitude })
    }

    /// Φ⁻¹((r − ⅜)/(S + ¼)) of ranks r among all S values, ties sharing their mean rank.
    func rankNormalised() -> HalfChains {
        let order = values.enumerated().sorted { $0.element < $1.element }
        var scores = values
        var first = 0
        while first < order.count {
            var end = first + 1
            while end < order.count, order[end].element == order[first].element { end += 1 }
            let rank = Double(first + 1 + end) / 2
            let score = Normal.standardQuantile((rank - 0.375) / (Double(order.count) + 0.25))
            for place in first..<end { scores[order[place].offset] = score }
            first = end
        }
        return HalfChains(self, values: scores)
    }

    private func half(_ index: Int) -> ArraySlice<Double> { values[index * length..<(index + 1) * length] }

    private var means: [Double] { (0..<count).map { SampleMoments.mean(Array(half($0))) } }

    /// √((B/W + n − 1)/n); nil where no half varies.
    var rHat: Double? {
        let within = SampleMoments.mean((0..<count).map { SampleMoments.variance(Array(half($0))) })
        guard within > 0 else { return nil }
        let between = Double(length) * SampleMoments.variance(means)
        return ((between / within + Double(length) - 1) / Double(length)).squareRoot()
    }

    /// The number of independent draws with the same error of the mean: S/τ, τ from autocorrelations averaged over halves up
    /// to Geyer's initial monotone sequence, and at least 1/log₁₀ S. Draws that are all equal count in full.
    var effectiveSize: Double? {
        guard length >= 2, let first = values.first else { return nil }
        let total = Double(values.count)
        guard values.contains(where: { $0 != first }) else { return total }
        let covariances = Autocovariances(self, means: means)
        let n = Double(length)
        let within = covariances.mean(lag: 0) * n / (n - 1)
        let whole = covariances.mean(lag: 0) + SampleMoments.variance(means)
        func correlation(_ lag: Int) -> Double { 1 - (within - covariances.mean(lag: lag)) / whole }
        // Pairs of correlations at lags t + 1 and t + 2, as long as their sum is positive.
        var pairs = [(even: 1.0, odd: correlation(1))]
        var last = pairs[0]
        var t = 1
        while t < length - 3, last.even + last.odd > 0 {
            last = (correlation(t + 1), correlation(t + 2))
            pairs.append(last.even + last.odd >= 0 ? last : (0, 0))
            t += 2
        }
        // The last pair gives no more than its even half, then no pair exceeds the one before.
        let tail = last.even > 0 ? last.even : pairs[pairs.count - 1].even
        var sum = 0.0
        var bound = Double.infinity
        for pair in pairs.dropLast() {
            bound = min(bound, pair.even + pair.odd)
            sum += bound
        }
        let time = max(2 * sum - 1 + tail, 1 / Elementary.log10(total))
        return total / time
    }
}

/// Σ (x_i − x̄)(x_{i+t} − x̄)/n of each half chain, lag by lag.
private struct Autocovariances {
    private let centred: [Double]
    private let length: Int
    private let count: Int

    init(_ halves: HalfChains, means: [Double]) {
        (length, count) = (halves.length, halves.count)
        var centred = halves.values
        for half in 0..<count {
            for i in half * length..<(half + 1) * length { centred[i] -= means[half] }
        }
        self.centred = centred
    }

    /// Averaged over halves.
    func mean(lag: Int) -> Double {
        var lanes = SIMD4<Double>.zero
        var sum = 0.0
        centred.withUnsafeBytes { bytes in
            func load<Value: BitwiseCopyable>(_ i: Int, as type: Value.Type) -> Value {
                bytes.loadUnaligned(fromByteOffset: i * MemoryLayout<Double>.stride, as: type)
            }
            for half in 0..<count {
                var i = half * length
                let end = i + length - lag
                while i + 4 <= end {
                    lanes += load(i, as: SIMD4<Double>.self) * load(i + lag, as: SIMD4<Double>.self)
                    i += 4
                }
                while i < end {
                    sum += load(i, as: Double.self) * load(i + lag, as: Double.self)
                    i += 1
                }
            }
        }
        return (sum + lanes.sum()) / Double(count * length)
    }
}
