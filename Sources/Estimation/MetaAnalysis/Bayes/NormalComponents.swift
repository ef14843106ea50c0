internal import Probability

/// A mixture of normal distributions in memory that its owner keeps: what the summaries of a million effects are read
/// off without allocating.
struct NormalComponents {
    let weights: UnsafeBufferPointer<Double>
    let means: UnsafeBufferPointer<Double>
    /// One over each standard deviation.
    let inverses: UnsafeBufferPointer<Double>

    init(
        _ weights: Slice<UnsafeBufferPointer<Double>>, _ means: Slice<UnsafeBufferPointer<Double>>,
        _ inverses: Slice<UnsafeBufferPointer<Double>>
    ) {
        self.weights = UnsafeBufferPointer(rebasing: weights)
        self.means = UnsafeBufferPointer(rebasing: means)
        self.inverses = UnsafeBufferPointer(rebasing: inverses)
    }

    var count: Int { weights.count }

    /// A tail probability, the density and its slope at one point.
    struct Values {
        var tail = 0.0
        var density = 0.0
        var slope = 0.0
    }

    /// - Parameter upper: Whether the tail is P(X > x), not P(X ≤ x); either is accurate where it is small.
    func values(_ x: Double, upper: Bool) -> Values {
        var result = shape(x)
        result.tail = tail(x, upper: upper)
        return result
    }

    func tail(_ x: Double, upper: Bool) -> Double {
        let sign = upper ? 1 / Elementary.squareRootOfTwo : -1 / Elementary.squareRootOfTwo
        var sum = 0.0
        for i in 0..<count { sum += weights[i] * Elementary.erfc(sign * (x - means[i]) * inverses[i]) }
        return sum / 2
    }

    /// The density and its slope, without the tail.
    func shape(_ x: Double) -> Values {
        var result = Values()
        for i in 0..<count {
            let z = (x - means[i]) * inverses[i]
            let part = weights[i] * inverses[i] * Elementary.exp(-z * z / 2)
            result.density += part
            result.slope -= part * z * inverses[i]
        }
        result.density *= NormalComponents.standardPeak
        result.slope *= NormalComponents.standardPeak
        return result
    }

    /// 1/√(2π).
    private static let standardPeak = 0.398942280401432677939946059934

    /// Mean, standard deviation, skewness and excess kurtosis.
    var moments: MixtureMoments {
        var mean = 0.0
        for i in 0..<count { mean += weights[i] * means[i] }
        var (second, third, fourth) = (0.0, 0.0, 0.0)
        for i in 0..<count {
            let gap = (means[i] - mean) * (means[i] - mean)
            let variance = 1 / (inverses[i] * inverses[i])
            second += weights[i] * (variance + gap)
            third += weights[i] * (means[i] - mean) * (gap + 3 * variance)
            fourth += weights[i] * (gap * gap + 6 * gap * variance + 3 * variance * variance)
        }
        let deviation = second.squareRoot()
        return MixtureMoments(
            mean: mean, deviation: deviation, skewness: third / (second * deviation),
            kurtosis: fourth / (second * second) - 3)
    }

    /// Halley's steps from `start`, kept inside what is known to hold the root, until one is below `tolerance` of the
    /// spread; the error after it is of the order of its cube.
    func quantile(_ p: Double, start: Double, spread: Double, tolerance: Double = 1e-6) -> Double {
        guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
        var x = start
        var (low, high) = (-Double.infinity, Double.infinity)
        var reach = spread
        for _ in 0..<500 {
            let step = step(x, to: p)
            if step == 0 { return x }
            if step > 0 { low = x } else { high = x }
            var next = x + step
            if step.magnitude <= tolerance * spread { return next }
            if !(next > low && next < high) || step.magnitude > 4 * reach {
                if low == -.infinity || high == .infinity {
                    next = step > 0 ? x + reach : x - reach
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

    /// Halley's step from x towards the quantile of p.
    private func step(_ x: Double, to p: Double) -> Double {
        let upper = p > 0.5
        return NormalComponents.step(values(x, upper: upper), to: p)
    }

    /// Halley's step from where the values are (the upper tail for p above a half) towards the quantile of p.
    static func step(_ values: Values, to p: Double) -> Double {
        let excess = p > 0.5 ? (1 - p) - values.tail : values.tail - p
        let newton = excess / values.density
        let curvature = newton * values.slope / (2 * values.density)
        // Newton's where the density is so curved that Halley's denominator is not to be trusted.
        return curvature.magnitude < 0.5 ? -newton / (1 - curvature) : -newton
    }
}

/// What a mixture's quantiles are started from.
struct MixtureMoments: Sendable {
    let mean: Double
    let deviation: Double
    let skewness: Double
    let kurtosis: Double

    /// The quantile whose standard normal quantile is z, by Cornish and Fisher's expansion where the mixture is near
    /// normal.
    func quantile(_ z: Double) -> Double {
        guard skewness.magnitude < 0.5, kurtosis.magnitude < 1 else { return mean + deviation * z }
        let shift =
            (z * z - 1) * skewness / 6 + (z * z - 3) * z * kurtosis / 24 - (2 * z * z - 5) * z * skewness * skewness
            / 36
        return mean + deviation * (z + shift)
    }
}
