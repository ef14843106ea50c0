/// A root of a continuous function inside a bracket.
///
/// Brent's method: inverse quadratic interpolation and the secant, with bisection as the safeguard.
/// Source: Brent, *Algorithms for Minimization without Derivatives*, 1973, chapter 4.
package enum RootFinding {
    /// - Parameters:
    ///   - lower: One end of the bracket.
    ///   - upper: The other.
    ///   - tolerance: Absolute, beside four units in the last place of the root.
    /// - Returns: nil where the function has the same sign at both ends or is not a number there.
    package static func root(
        _ function: (Double) -> Double, lower: Double, upper: Double, tolerance: Double = 0
    ) -> Double? {
        var (a, b) = (lower, upper)
        var (fa, fb) = (function(a), function(b))
        if fa == 0 { return a }
        if fb == 0 { return b }
        guard (fa < 0 && fb > 0) || (fa > 0 && fb < 0) else { return nil }
        var (c, fc) = (a, fa)
        var step = b - a
        var previous = step
        for _ in 0..<1000 {
            if fc.magnitude < fb.magnitude {
                (a, b, c) = (b, c, b)
                (fa, fb, fc) = (fb, fc, fb)
            }
            let limit = 2 * b.ulp + tolerance / 2
            let half = (c - b) / 2
            if half.magnitude <= limit || fb == 0 { return b }
            if previous.magnitude < limit || fa.magnitude <= fb.magnitude {
                (step, previous) = (half, half)
            } else {
                var (p, q): (Double, Double)
                let s = fb / fa
                if a == c {
                    (p, q) = (2 * half * s, 1 - s)
                } else {
                    let (t, r) = (fa / fc, fb / fc)
                    p = s * (2 * half * t * (t - r) - (b - a) * (r - 1))
                    q = (t - 1) * (r - 1) * (s - 1)
                }
                if p > 0 { q = -q } else { p = -p }
                if 2 * p < min(3 * half * q - (limit * q).magnitude, (previous * q).magnitude) {
                    (previous, step) = (step, p / q)
                } else {
                    (step, previous) = (half, half)
                }
            }
            (a, fa) = (b, fb)
            b += step.magnitude > limit ? step : (half > 0 ? limit : -limit)
            fb = function(b)
            if (fb > 0) == (fc > 0) {
                (c, fc) = (a, fa)
                step = b - a
                previous = step
            }
        }
        return b
    }
}
