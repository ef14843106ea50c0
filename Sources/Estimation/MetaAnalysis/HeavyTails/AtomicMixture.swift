internal import Probability

/// A mixture of normals and a point: what is known of one true effect.
struct AtomicMixture: Sendable {
    private(set) var weights: [Double] = []
    private(set) var means: [Double] = []
    private(set) var deviations: [Double] = []
    /// Where the point is, and its probability.
    let position: Double
    private(set) var atom = 0.0

    init(position: Double) { self.position = position }

    mutating func add(weight: Double, mean: Double, variance: Double) {
        guard weight > 1e-13 else { return }
        if variance > 0 {
            weights.append(weight)
            means.append(mean)
            deviations.append(variance.squareRoot())
        } else {
            atom += weight
        }
    }

    mutating func normalise() {
        let total = weights.reduce(atom, +)
        atom /= total
        for i in weights.indices { weights[i] /= total }
    }

    var mean: Double {
        var sum = atom * position
        for i in weights.indices { sum += weights[i] * means[i] }
        return sum
    }

    var standardDeviation: Double {
        let centre = mean
        var sum = atom * (position - centre) * (position - centre)
        for i in weights.indices {
            let gap = means[i] - centre
            sum += weights[i] * (deviations[i] * deviations[i] + gap * gap)
        }
        return sum.squareRoot()
    }

    /// P(θ ≤ x), the point's probability left out, and the density there.
    func continuous(_ x: Double) -> (cumulative: Double, density: Double) {
        var (cumulative, density) = (0.0, 0.0)
        for i in weights.indices {
            let z = (x - means[i]) / deviations[i]
            if z > -38 { cumulative += weights[i] * Elementary.erfc(-z / Elementary.squareRootOfTwo) }
            if z.magnitude < 38 { density += weights[i] * Elementary.exp(-z * z / 2) / deviations[i] }
        }
        return (cumulative / 2, density * Elementary.exp(-Elementary.logTwoPi / 2))
    }

    /// P(θ > x).
    func upperTail(_ x: Double) -> Double {
        var sum = 0.0
        for i in weights.indices {
            sum += weights[i] * Elementary.erfc((x - means[i]) / (deviations[i] * Elementary.squareRootOfTwo))
        }
        return sum / 2 + (position > x ? atom : 0)
    }

    /// The least x with P(θ ≤ x) ≥ p, 0 < p < 1, by safeguarded Newton steps to 1e-11 of the spread.
    func quantile(_ p: Double) -> Double {
        let below = continuous(position).cumulative
        if atom > 0, p > below, p <= below + atom { return position }
        let target = p > below ? p - atom : p
        var (low, high) = (Double.infinity, -Double.infinity)
        for i in weights.indices {
            low = min(low, means[i] - 40 * deviations[i])
            high = max(high, means[i] + 40 * deviations[i])
        }
        guard low < high else { return position }
        let spread = standardDeviation
        var x = min(high, max(low, mean + spread * Normal.standardQuantile(p)))
        for _ in 0..<300 {
            let value = continuous(x)
            let excess = value.cumulative - target
            if excess < 0 { low = x } else { high = x }
            var next = x - excess / value.density
            if (next - x).magnitude <= 1e-11 * spread { return next }
            if !(next > low && next < high) { next = low / 2 + high / 2 }
            if next == x { return x }
            x = next
        }
        return x
    }
}
