internal import MCMC
internal import Probability

/// What draws say in a few numbers.
struct SampledSummaries: Sendable {
    let level: Double
    let threshold: Double

    /// - Parameters:
    ///   - chains: By chain, then draw.
    ///   - hasMean: Whether the posterior has one; and a variance.
    func summary(_ chains: [[Double]], hasMean: Bool = true, hasVariance: Bool = true) -> SampledSummary {
        let diagnostics = ChainDiagnostics(chains)
        let sorted = diagnostics.sorted
        let quantile = { SampleQuantiles.quantile($0, sorted: sorted) ?? 0 }
        return SampledSummary(
            median: quantile(0.5), mean: hasMean ? SampleMoments.mean(sorted) : nil,
            standardDeviation: hasVariance ? SampleMoments.standardDeviation(sorted) : nil,
            interval: ConfidenceInterval(lower: quantile((1 - level) / 2), upper: quantile((1 + level) / 2)),
            shortestInterval: shortest(sorted), probabilityAboveZero: share(above: 0, sorted),
            probabilityAbove: share(above: threshold, sorted), rHat: diagnostics.rHat, essBulk: diagnostics.essBulk,
            essTail: diagnostics.essTail, mcse: hasVariance ? diagnostics.mcseMean : nil,
            mcseMedian: diagnostics.mcse(ofQuantile: 0.5))
    }

    /// The shortest interval between draws that are ⌊level · S⌋ apart.
    private func shortest(_ sorted: [Double]) -> ConfidenceInterval {
        let distance = min(sorted.count - 1, Int(level * Double(sorted.count)))
        var best = 0
        for first in 0..<sorted.count - distance
        where sorted[first + distance] - sorted[first] < sorted[best + distance] - sorted[best] {
            best = first
        }
        return ConfidenceInterval(lower: sorted[best], upper: sorted[best + distance])
    }

    private func share(above threshold: Double, _ sorted: [Double]) -> Double {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] > threshold { high = middle } else { low = middle + 1 }
        }
        return Double(sorted.count - low) / Double(sorted.count)
    }
}
