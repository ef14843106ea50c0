/// The regularised incomplete gamma functions P(a, x) = γ(a, x)/Γ(a) and Q = 1 − P, a > 0, x ≥ 0.
///
/// A power series where x < a + 1, otherwise the continued fraction by Lentz's method; the smaller of the two is
/// computed and not subtracted from 1. About √a terms near x = a. Not a number outside the domain.
/// Source: DLMF 8.7.1 and 8.9.2; Press et al., *Numerical Recipes*, 3rd ed., section 6.2; prefactor by Loader.
package struct IncompleteGamma: Sendable {
    /// P(a, x).
    package let lower: Double
    /// Q(a, x).
    package let upper: Double

    package init(_ a: Double, _ x: Double) {
        guard a > 0, x >= 0, a.isFinite else {
            (lower, upper) = (.nan, .nan)
            return
        }
        if x == 0 || x == .infinity {
            (lower, upper) = x == 0 ? (0, 1) : (1, 0)
        } else if x < a + 1 {
            let p = min(1, IncompleteGamma.series(a, x))
            (lower, upper) = (p, 1 - p)
        } else {
            let q = min(1, IncompleteGamma.fraction(a, x))
            (lower, upper) = (1 - q, q)
        }
    }

    private static func series(_ a: Double, _ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        var n = a
        for _ in 0..<1_000_000 {
            n += 1
            term *= x / n
            sum += term
            if term < sum * 1e-17 { break }
        }
        return sum * SaddlePoint.poisson(a, mean: x)
    }

    private static func fraction(_ a: Double, _ x: Double) -> Double {
        var b = x + 1 - a
        var c = 1e300
        var d = 1 / b
        var h = d
        for i in 1..<1_000_000 {
            let n = -Double(i) * (Double(i) - a)
            b += 2
            d = nonzero(n * d + b)
            c = nonzero(b + n / c)
            d = 1 / d
            let factor = d * c
            h *= factor
            if (factor - 1).magnitude < 1e-16 { break }
        }
        return h * a * SaddlePoint.poisson(a, mean: x)
    }
}

/// A stand-in for a vanishing denominator of a continued fraction.
func nonzero(_ x: Double) -> Double { x.magnitude < 1e-300 ? 1e-300 : x }
