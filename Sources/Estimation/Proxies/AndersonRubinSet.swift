/// The coefficients that a jackknife Anderson–Rubin test does not reject.
package struct AndersonRubinSet: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Every coefficient is rejected.
        case empty
        /// One interval with two finite ends.
        case bounded
        /// (−∞, a] and [b, ∞).
        case twoRays
        /// One of them.
        case ray
        /// No coefficient is rejected.
        case wholeLine
        /// More intervals than these.
        case union
    }

    package let kind: Kind
    /// Ascending and disjoint; ends may be infinite.
    package let intervals: [ConfidenceInterval]
    package let level: Double

    package func contains(_ coefficient: Double) -> Bool { intervals.contains { $0.contains(coefficient) } }

    init(intervals: [ConfidenceInterval], level: Double) {
        self.intervals = intervals
        self.level = level
        let ends = intervals.flatMap { [$0.lower, $0.upper] }
        let infinite = ends.filter(\.isInfinite).count
        kind =
            switch (intervals.count, infinite) {
            case (0, _): .empty
            case (1, 0): .bounded
            case (1, 1): .ray
            case (1, _): .wholeLine
            case (2, 2): .twoRays
            default: .union
            }
    }

    /// The set where N(t) ≤ z√D(t), times `unit`.
    ///
    /// The real roots of N² − z²D cut the line into pieces on each of which the inequality holds or fails throughout, so
    /// one point of each decides; pieces that touch are joined, which removes roots of N = −z√D.
    ///
    /// - Parameters:
    ///   - numerator: N, three coefficients from the constant on.
    ///   - square: D, five.
    ///   - critical: z.
    ///   - unit: Above 0.
    ///   - level: Of the set.
    init(numerator: [Double], square: [Double], critical: Double, unit: Double, level: Double) {
        var polynomial = square.map { -critical * critical * $0 }
        for i in 0..<3 { for j in 0..<3 { polynomial[i + j] += numerator[i] * numerator[j] } }
        /// Powers of 1/t keep large t from overflowing.
        func accepts(_ t: Double) -> Bool {
            let far = t.magnitude > 1
            let x = far ? 1 / t : t
            let n = RealRoots.value(far ? numerator.reversed() : numerator, x)
            let d = RealRoots.value(far ? square.reversed() : square, x)
            return n <= critical * max(0, d).squareRoot()
        }
        // At z = 0 the roots are double, and only N changes its sign there; elsewhere its roots are harmless cuts.
        let roots = (RealRoots.all(polynomial) + RealRoots.all(numerator)).sorted()
        let ends = [-Double.infinity] + roots + [.infinity]
        var found: [ConfidenceInterval] = []
        for (lower, upper) in zip(ends, ends.dropFirst())
        where lower < upper && accepts(AndersonRubinSet.inside(lower, upper)) {
            if let last = found.indices.last, found[last].upper == lower {
                found[last].upper = upper
            } else {
                found.append(ConfidenceInterval(lower: lower, upper: upper))
            }
        }
        self.init(
            intervals: found.map { ConfidenceInterval(lower: $0.lower * unit, upper: $0.upper * unit) }, level: level)
    }

    /// A point between two ends.
    private static func inside(_ lower: Double, _ upper: Double) -> Double {
        switch (lower.isInfinite, upper.isInfinite) {
        case (true, true): 0
        case (true, false): upper - max(1, upper.magnitude)
        case (false, true): lower + max(1, lower.magnitude)
        case (false, false): lower / 2 + upper / 2
        }
    }
}
