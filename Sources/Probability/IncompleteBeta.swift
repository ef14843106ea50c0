/// The regularised incomplete beta function I_x(a, b) and its complement, a, b > 0, x in [0, 1].
///
/// The continued fraction by Lentz's method on the side where it converges fast (x below (a+1)/(a+b+2)), about
/// √max(a, b) terms; x and y = 1 − x are both given so that neither tail is a difference. Not a number outside the
/// domain. Source: DLMF 8.17.22; Press et al., *Numerical Recipes*, 3rd ed., section 6.4; prefactor by Loader.
package struct IncompleteBeta: Sendable {
    /// I_x(a, b).
    package let lower: Double
    /// 1 − I_x(a, b) = I_y(b, a).
    package let upper: Double

    package init(_ a: Double, _ b: Double, x: Double, y: Double) {
        guard a > 0, b > 0, a.isFinite, b.isFinite, x >= 0, y >= 0 else {
            (lower, upper) = (.nan, .nan)
            return
        }
        if x == 0 || y == 0 {
            (lower, upper) = x == 0 ? (0, 1) : (1, 0)
        } else if x < (a + 1) / (a + b + 2) {
            let p = min(1, SaddlePoint.betaTerm(a, b, x: x, y: y) * IncompleteBeta.fraction(a, b, x) / a)
            (lower, upper) = (p, 1 - p)
        } else {
            let q = min(1, SaddlePoint.betaTerm(a, b, x: x, y: y) * IncompleteBeta.fraction(b, a, y) / b)
            (lower, upper) = (1 - q, q)
        }
    }

    private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        var c = 1.0
        var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
        var h = d
        for i in 1..<1_000_000 {
            let m = Double(i)
            let even = m * (b - m) * x / ((a - 1 + 2 * m) * (a + 2 * m))
            d = 1 / nonzero(1 + even * d)
            c = nonzero(1 + even / c)
            h *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1 + 2 * m))
            d = 1 / nonzero(1 + odd * d)
            c = nonzero(1 + odd / c)
            let factor = d * c
            h *= factor
            if (factor - 1).magnitude < 1e-16 { break }
        }
        return h
    }
}
