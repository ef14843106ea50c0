internal import Probability

/// What several chains' draws of one quantity say of how far they can be trusted.
///
/// All chains are split in two halves, the middle draw of an odd number dropped. Everything is nil below four draws a
/// chain. Source: Vehtari, Gelman, Simpson, Carpenter and Bürkner, "Rank-Normalization, Folding, and Localization: An
/// Improved R̂ for Assessing Convergence of MCMC", Bayesian Analysis 16(2), 2021. Equal to ArviZ's to rounding.
package struct ChainDiagnostics: Sendable {
    /// √((B/W + n − 1)/n) of rank-normalised draws, B and W the variances between and within half chains, the larger of that
    /// of the draws (their place) and that of their distances from the median (their spread). nil for one chain, or where
    /// draws do not vary within chains.
    package let rHat: Double?
    /// The effective number of rank-normalised draws.
    package let essBulk: Double?
    /// The smaller of the effective numbers for the 5 and 95 per cent quantiles.
    package let essTail: Double?
    /// The Monte Carlo standard error of the mean.
    package let mcseMean: Double?
    /// All draws in ascending order.
    package let sorted: [Double]
    private let chains: [[Double]]

    /// - Parameter chains: By chain, then draw; chains of one length.
    package init(_ chains: [[Double]]) {
        self.chains = chains
        let all = chains.flatMap { $0 }
        sorted = all.sorted()
        let count = chains.first?.count ?? 0
        guard count >= 4, all.allSatisfy(\.isFinite) else {
            (rHat, essBulk, essTail, mcseMean) = (nil, nil, nil, nil)
            return
        }
        let halves = HalfChains(chains)
        let ranked = halves.rankNormalised()
        rHat = chains.count < 2 ? nil : ChainDiagnostics.both(max, ranked.rHat, halves.folded().rankNormalised().rHat)
        essBulk = ranked.effectiveSize
        essTail = ChainDiagnostics.both(
            min, ChainDiagnostics.effectiveSize(atQuantile: 0.05, chains, sorted),
            ChainDiagnostics.effectiveSize(atQuantile: 0.95, chains, sorted))
        mcseMean = halves.effectiveSize.map { SampleMoments.standardDeviation(all) / $0.squareRoot() }
    }

    /// The Monte Carlo standard error of the quantile at p: half the distance between the quantiles at what a beta
    /// distribution with the effective number of draws calls one standard error below and above p.
    package func mcse(ofQuantile p: Double) -> Double? {
        guard essBulk != nil, let size = ChainDiagnostics.effectiveSize(atQuantile: p, chains, sorted) else {
            return nil
        }
        let beta = BetaDistribution(size * p + 1, size * (1 - p) + 1)
        let last = Double(sorted.count - 1)
        let lower = max(0, beta.quantile(0.1586553) * Double(sorted.count) - 1)
        let upper = min(last, beta.quantile(0.8413447) * Double(sorted.count) - 1)
        guard lower <= last, upper >= 0 else { return nil }
        return (sorted[Int(upper.rounded(.up))] - sorted[Int(lower.rounded(.down))]) / 2
    }

    /// The effective number of draws for the probability of lying below the sample's quantile.
    private static func effectiveSize(atQuantile p: Double, _ chains: [[Double]], _ sorted: [Double]) -> Double? {
        guard let quantile = SampleQuantiles.quantile(p, sorted: sorted) else { return nil }
        return HalfChains(chains.map { $0.map { $0 <= quantile ? 1 : 0 } }).effectiveSize
    }

    private static func both(_ choice: (Double, Double) -> Double, _ a: Double?, _ b: Double?) -> Double? {
        guard let a, let b else { return nil }
        return choice(a, b)
    }
}
