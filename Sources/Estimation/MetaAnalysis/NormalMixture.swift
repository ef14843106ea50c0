internal import Probability

/// A mixture of normal distributions: a posterior averaged over τ.
struct NormalMixture: Sendable {
    let weights: [Double]
    let means: [Double]
    let deviations: [Double]

    var mean: Double {
        var sum = 0.0
        for i in weights.indices { sum += weights[i] * means[i] }
        return sum
    }

    var standardDeviation: Double {
        let centre = mean
        var sum = 0.0
        for i in weights.indices {
            let gap = means[i] - centre
            sum += weights[i] * (deviations[i] * deviations[i] + gap * gap)
        }
        return sum.squareRoot()
    }

    func density(_ x: Double) -> Double {
        var sum = 0.0
        for i in weights.indices {
            let z = (x - means[i]) / deviations[i]
            sum += weights[i] * Elementary.exp(-z * z / 2) / deviations[i]
        }
        return sum * Elementary.exp(-Elementary.logTwoPi / 2)
    }

    func cumulative(_ x: Double) -> Double { tail(x, sign: -1) }
    func upperTail(_ x: Double) -> Double { tail(x, sign: 1) }

    private func tail(_ x: Double, sign: Double) -> Double {
        var sum = 0.0
        for i in weights.indices {
            sum += weights[i] * Elementary.erfc(sign * (x - means[i]) / (deviations[i] * Elementary.squareRootOfTwo))
        }
        return sum / 2
    }

    /// Safeguarded Newton steps from `start`, to 1e-12 of the spread.
    func quantile(_ p: Double, start: Double? = nil) -> Double {
        guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
        let spread = standardDeviation
        let centre = mean
        var x = start ?? centre + spread * Normal.standardQuantile(p)
        var (low, high) = (-Double.infinity, Double.infinity)
        var reach = spread
        for _ in 0..<500 {
            let excess = p <= 0.5 ? cumulative(x) - p : (1 - p) - upperTail(x)
            if excess == 0 { return x }
            if excess < 0 { low = x } else { high = x }
            var next = x - excess / density(x)
            if (next - x).magnitude <= 1e-12 * spread { return next }
            if !(next > low && next < high) || (next - x).magnitude > 4 * reach {
                if low == -.infinity || high == .infinity {
                    next = excess < 0 ? x + reach : x - reach
                    reach *= 2
                } else {
                    next = low / 2 + high / 2
                }
            }
            if next == x { return x }
            x = next
        }
        return x
    }
}
