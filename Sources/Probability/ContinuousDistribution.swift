/// A distribution on the real line with a density.
///
/// Outside the parameters' domain every function is not a number.
package protocol ContinuousDistribution: Sendable {
    /// The density at x.
    func density(_ x: Double) -> Double
    /// P(X ≤ x).
    func cumulative(_ x: Double) -> Double
    /// P(X > x), accurate where it is small.
    func upperTail(_ x: Double) -> Double
    /// The x with P(X ≤ x) = p; the support's ends at 0 and 1, not a number outside [0, 1].
    func quantile(_ p: Double) -> Double
    /// The x with P(X > x) = q.
    func upperQuantile(_ q: Double) -> Double
}

extension ContinuousDistribution {
    /// Inverts a distribution on (0, ∞) by safeguarded Newton steps from `start`.
    ///
    /// - Parameters:
    ///   - target: The tail probability, in (0, 1).
    ///   - isUpper: Whether it is the upper tail.
    func inverse(_ target: Double, isUpper: Bool, start: Double) -> Double {
        guard target > 0, target < 1 else {
            return target == 0 || target == 1 ? ((target == 1) != isUpper ? .infinity : 0) : .nan
        }
        // Positive below the root.
        func excess(_ x: Double) -> Double { isUpper ? upperTail(x) - target : target - cumulative(x) }
        var low = 0.0
        var high = Double.infinity
        var x = start > 0 ? start : 1
        for _ in 0..<2000 {
            let value = excess(x)
            if value == 0 || value.isNaN { return value.isNaN ? .nan : x }
            if value > 0 { low = x } else { high = x }
            var next = x + value / density(x)
            if (next - x).magnitude <= x.ulp { return next }
            if !(next > low && next < high) {
                next = high == .infinity ? 2 * x : low == 0 ? x / 16 : low / 2 + high / 2
            }
            if (next - x).magnitude <= 2 * x.ulp || next == 0 { return next }
            x = next
        }
        return x
    }
}
