/// Loader's saddle-point pieces, which keep binomial and Poisson terms accurate for large arguments, where
/// differences of log-gamma functions lose digits.
///
/// Source: Loader, "Fast and Accurate Computation of Binomial Probabilities", 2000.
enum SaddlePoint {
    /// log Γ(n+1) − (n + ½) log n + n − ½ log 2π, n > 0.
    static func stirlingError(_ n: Double) -> Double {
        guard n > 15 else {
            return Elementary.lgamma(n + 1) - (n + 0.5) * Elementary.log(n) + n - Elementary.logTwoPi / 2
        }
        let square = n * n
        let tail = 1.0 / 1680 - 1.0 / 1188 / square
        return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - tail / square) / square) / square) / n
    }

    /// x log(x/m) + m − x, x ≥ 0, m > 0.
    static func deviance(_ x: Double, _ m: Double) -> Double {
        guard x > 0 else { return m }
        let difference = x - m
        guard difference.magnitude < 0.1 * (x + m) else { return x * Elementary.log(x / m) + m - x }
        let ratio = difference / (x + m)
        var sum = difference * ratio
        var term = 2 * x * ratio
        let square = ratio * ratio
        for j in 1..<1000 {
            term *= square
            let next = sum + term / Double(2 * j + 1)
            if next == sum { return next }
            sum = next
        }
        return sum
    }

    /// e^−m mˣ / Γ(x+1), x > 0.
    static func poisson(_ x: Double, mean m: Double) -> Double {
        guard m > 0 else { return 0 }
        return Elementary.exp(-stirlingError(x) - deviance(x, m)) / (2 * Double.pi * x).squareRoot()
    }

    /// xᵃ yᵇ / B(a, b) with y = 1 − x.
    static func betaTerm(_ a: Double, _ b: Double, x: Double, y: Double) -> Double {
        guard x > 0, y > 0 else { return 0 }
        let n = a + b
        let exponent =
            stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
        return (a * b / (2 * Double.pi * n)).squareRoot() * Elementary.exp(exponent)
    }
}
