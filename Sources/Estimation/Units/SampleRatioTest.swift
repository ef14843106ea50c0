internal import Probability

/// Whether units came to an experiment's arms in the shares that were meant.
///
/// Pearson's X² = Σ_a (n_a − n·p_a)²/(n·p_a) on one degree of freedom less than there are arms; shares are relative to their
/// sum. Its law is the limit for expected counts that are not small. Where an arm expects fewer than 5 units (Cochran's
/// rule) p is the binomial's instead, the smaller tail of an arm's count twice, which is exact for two arms; for A > 2 it is A
/// times that of the arm that is furthest off, which may be too large and is never too small.
/// Sources: A. Fabijan et al., “Diagnosing Sample Ratio Mismatch in Online Controlled Experiments”, KDD 2019, which takes
/// p < 0.0005 to 0.01 for a sign of a fault (this project warns below 0.001); W. Cochran, “Some Methods for Strengthening the
/// Common χ² Tests”, Biometrics 10(4), 1954.
package struct SampleRatioTest: Sendable, Equatable {
    package let statistic: Double
    package let degreesOfFreedom: Int
    package let p: Double
    /// n·p_a by arm.
    package let expected: [Double]

    /// Below it units are not split as meant.
    package static let threshold = 0.001

    /// - Returns: nil below two arms, without units, or where a share is not above 0.
    package init?(counts: [Int], shares: [Double]) {
        let total = Double(counts.reduce(0, +))
        let sum = shares.reduce(0, +)
        guard counts.count == shares.count, counts.count > 1, total > 0, shares.allSatisfy({ $0 > 0 }), sum.isFinite
        else { return nil }
        expected = shares.map { total * $0 / sum }
        statistic = zip(counts, expected).reduce(0) { result, pair in
            let difference = Double(pair.0) - pair.1
            return result + difference * difference / pair.1
        }
        degreesOfFreedom = counts.count - 1
        if expected.allSatisfy({ $0 >= 5 }) {
            p = ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(statistic)
        } else {
            let tails = zip(counts, shares).map { SampleRatioTest.tail($0, of: total, share: $1 / sum) }
            p = min(1, (counts.count == 2 ? 2 : 2 * Double(counts.count)) * (tails.min() ?? 1))
        }
    }

    /// The smaller of P(N ≤ n) and P(N ≥ n) for a binomial N.
    private static func tail(_ count: Int, of total: Double, share: Double) -> Double {
        let n = Double(count)
        let upper = count == 0 ? 1 : BetaDistribution(n, total - n + 1).cumulative(share)
        let lower = n == total ? 1 : BetaDistribution(n + 1, total - n).upperTail(share)
        return min(lower, upper)
    }
}
