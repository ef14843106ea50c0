internal import Probability

extension SimulationSummary {
    /// Of the estimates of all draws that gave one, in order of draws; nil below two.
    ///
    /// Moments are taken about the truth first, so estimates far from zero lose nothing.
    init?(of estimates: [Double], truth: Double) {
        guard estimates.count > 1 else { return nil }
        let count = Double(estimates.count)
        var sum = 0.0
        var square = 0.0
        for estimate in estimates {
            sum += estimate - truth
            square += (estimate - truth) * (estimate - truth)
        }
        let bias = sum / count
        var (spread, fourth) = (0.0, 0.0)
        for estimate in estimates {
            let deviation = (estimate - truth - bias) * (estimate - truth - bias)
            spread += deviation
            fourth += deviation * deviation
        }
        let variance = spread / (count - 1)
        self.bias = bias
        biasError = (variance / count).squareRoot()
        standardDeviation = variance.squareRoot()
        let second = spread / count
        standardDeviationError =
            second > 0 ? (max(0, fourth / count - second * second) / (4 * second * count)).squareRoot() : 0
        rootMeanSquare = (square / count).squareRoot()
        let sorted = estimates.sorted()
        let reach = 0.5 / count.squareRoot()
        median = SampleQuantiles.quantile(0.5, sorted: sorted) ?? truth
        let upper = SampleQuantiles.quantile(min(1, 0.5 + reach), sorted: sorted) ?? median
        let lower = SampleQuantiles.quantile(max(0, 0.5 - reach), sorted: sorted) ?? median
        medianError = (upper - lower) / 2
    }
}
