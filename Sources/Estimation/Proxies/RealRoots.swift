internal import Probability

/// Real roots of a polynomial, coefficients in ascending order of powers.
enum RealRoots {
    /// Horner's rule.
    static func value(_ coefficients: [Double], _ x: Double) -> Double {
        coefficients.reversed().reduce(0) { $0 * x + $1 }
    }

    /// The roots in [−1, 1] at which the polynomial changes its sign, ascending, and those that the search meets exactly.
    ///
    /// Between two neighbouring roots of the derivative it is monotone, so there is at most one root, and Brent's method
    /// finds it. A root of even order may be missed where rounding keeps the sign; no sign changes there.
    static func insideUnitInterval(_ coefficients: [Double]) -> [Double] {
        guard coefficients.count > 1 else { return [] }
        let derivative = coefficients.indices.dropFirst().map { Double($0) * coefficients[$0] }
        let knots = [-1] + insideUnitInterval(derivative).filter { $0 > -1 && $0 < 1 } + [1]
        var roots: [Double] = []
        func function(_ x: Double) -> Double { value(coefficients, x) }
        for (lower, upper) in zip(knots, knots.dropFirst()) {
            guard let root = RootFinding.root(function, lower: lower, upper: upper) else { continue }
            if root != roots.last { roots.append(root) }
        }
        return roots
    }

    /// All real roots, ascending: those outside [−1, 1] are the inverses of the reversed polynomial's, so that neither
    /// large nor small roots need a bound. Roots beyond 1e100 count as infinite.
    static func all(_ coefficients: [Double]) -> [Double] {
        guard let scale = coefficients.map(\.magnitude).max(), scale > 0, scale.isFinite else { return [] }
        let scaled = coefficients.map { $0 / scale }
        let outside = insideUnitInterval(scaled.reversed()).filter { $0.magnitude < 1 && $0.magnitude > 1e-100 }
        return (insideUnitInterval(scaled) + outside.map { 1 / $0 }).sorted()
    }
}
