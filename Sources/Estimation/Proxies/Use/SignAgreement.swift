internal import Probability

/// How often two normal effects have one sign.
package enum SignAgreement {
    /// P(XY > 0) for (X, Y) bivariate normal, to about 1e-10.
    ///
    /// With both means 0 it is ½ + asin(ρ)/π; otherwise ∫ P(sign Y = sign x | X = x) dF(x) by Gauss–Legendre over
    /// twelve standard deviations, in panels that break where x changes sign and where Y's conditional mean does.
    /// A correlation beyond ±1, as an indefinite covariance has, is taken as ±1.
    ///
    /// - Returns: nil where a variance is not positive.
    package static func probability(
        meanX: Double = 0, meanY: Double = 0, varianceX: Double, varianceY: Double, covariance: Double
    ) -> Double? {
        guard varianceX > 0, varianceY > 0, covariance.isFinite else { return nil }
        let (sx, sy) = (varianceX.squareRoot(), varianceY.squareRoot())
        let correlation = min(1, max(-1, covariance / (sx * sy)))
        let residual = (1 - correlation * correlation).squareRoot()
        if meanX == 0, meanY == 0 { return 0.5 + Elementary.atan2(correlation, residual) / Double.pi }
        let (a, b) = (meanX / sx, meanY / sy)
        // In units of X's deviation: X > 0 where z > −a, Y's conditional mean is b + ρz.
        var breaks = [-12.0, 12, -a]
        if correlation != 0 { breaks.append(-b / correlation) }
        breaks += [-4, -2, -1, 0, 1, 2, 4]
        let inside = breaks.filter { $0 >= -12 && $0 <= 12 }.sorted()
        let rule = GaussLegendre(count: 24)
        var sum = 0.0
        for (low, high) in zip(inside, inside.dropFirst()) where high > low {
            for (node, weight) in zip(rule.nodes, rule.weights) {
                let z = (low + high) / 2 + (high - low) / 2 * node
                let centre = b + correlation * z
                let sign = a + z > 0 ? 1.0 : -1
                let share =
                    residual > 1e-9
                    ? Normal.standard.cumulative(sign * centre / residual) : (sign * centre > 0 ? 1 : 0)
                sum += weight * (high - low) / 2 * Normal.standard.density(z) * share
            }
        }
        return min(1, max(0, sum))
    }
}
