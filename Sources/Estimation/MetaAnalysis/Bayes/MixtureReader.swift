internal import Probability

/// Summaries of mixtures, in data's units.
struct MixtureReader: Sendable {
    /// Data's units in one of the mixtures'.
    let unit: Double
    let level: Double
    /// In the mixtures' unit.
    let threshold: Double
    /// The standard normal quantile of the upper end.
    private let z: Double

    init(unit: Double, level: Double, threshold: Double) {
        self.unit = unit
        self.level = level
        self.threshold = threshold
        z = Normal.standardQuantile((1 + level) / 2)
    }

    private var lowerTail: Double { (1 - level) / 2 }
    private var upperTail: Double { (1 + level) / 2 }

    /// - Parameter moments: What there is of them, where that is not what the mixture's components say.
    func summary(
        of mixture: NormalComponents, moments given: (mean: Double?, deviation: Double?)? = nil
    ) -> PosteriorSummary {
        let moments = mixture.moments
        func quantile(_ p: Double, _ z: Double) -> Double {
            mixture.quantile(p, start: moments.quantile(z), spread: moments.deviation)
        }
        let tails = ConfidenceInterval(lower: quantile(lowerTail, -z), upper: quantile(upperTail, z))
        var shortest: ConfidenceInterval?
        if mixture.isUnimodal {
            shortest = mixture.shortestInterval(level, from: tails, spread: moments.deviation)
        }
        return summary(
            moments: given ?? (moments.mean, moments.deviation), median: quantile(0.5, 0), interval: tails,
            shortest: shortest
                ?? ShortestInterval.search(
                    level, quantile: { quantile($0, Normal.standardQuantile($0)) },
                    density: { mixture.shape($0).density }),
            above: mixture.tail(0, upper: true), beyond: mixture.tail(threshold, upper: true))
    }

    /// A summary by a fine rule from starts that a coarse one finds; nil where they differ by more than 1e-8 of the
    /// spread, or by more than 1e-9 of a probability, or where the density might have more than one mode.
    ///
    /// The difference bounds the coarse rule's error; the fine rule's is smaller by orders of magnitude.
    func summary(coarse: NormalComponents, fine: NormalComponents) -> PosteriorSummary? {
        guard fine.isUnimodal else { return nil }
        let moments = fine.moments
        let limit = 1e-8 * moments.deviation
        func refined(_ p: Double, _ z: Double) -> (x: Double, step: Double, values: NormalComponents.Values) {
            let x = coarse.quantile(p, start: moments.quantile(z), spread: moments.deviation, tolerance: 2e-4)
            let values = fine.values(x, upper: p > 0.5)
            return (x, NormalComponents.step(values, to: p), values)
        }
        let (middle, low, high) = (refined(0.5, 0), refined(lowerTail, -z), refined(upperTail, z))
        guard max(middle.step.magnitude, low.step.magnitude, high.step.magnitude) <= limit else { return nil }
        let first = ShortestStep(low.values, high.values, level: level)
        let start = ConfidenceInterval(lower: low.x + first.lower, upper: high.x + first.upper)
        guard
            let ends = coarse.shortestInterval(level, from: start, spread: moments.deviation, tolerance: 1e-5)
        else { return nil }
        let last = ShortestStep(
            fine.values(ends.lower, upper: false), fine.values(ends.upper, upper: true), level: level)
        guard last.size <= limit, last.isInside,
            let above = probability(0, coarse, fine),
            let beyond = threshold == 0 ? above : probability(threshold, coarse, fine)
        else { return nil }
        return summary(
            moments: (moments.mean, moments.deviation), median: middle.x + middle.step,
            interval: ConfidenceInterval(lower: low.x + low.step, upper: high.x + high.step),
            shortest: ConfidenceInterval(lower: ends.lower + last.lower, upper: ends.upper + last.upper), above: above,
            beyond: beyond)
    }

    private func probability(_ x: Double, _ coarse: NormalComponents, _ fine: NormalComponents) -> Double? {
        let (rough, exact) = (coarse.tail(x, upper: true), fine.tail(x, upper: true))
        return (rough - exact).magnitude <= 1e-9 * exact + 1e-13 ? exact : nil
    }

    private func summary(
        moments: (mean: Double?, deviation: Double?), median: Double, interval: ConfidenceInterval,
        shortest: ConfidenceInterval, above: Double, beyond: Double
    ) -> PosteriorSummary {
        PosteriorSummary(
            median: median * unit, mean: moments.mean.map { $0 * unit },
            standardDeviation: moments.deviation.map { $0 * unit }, interval: interval.scaled(by: unit),
            shortestInterval: shortest.scaled(by: unit), probabilityAboveZero: above, probabilityAbove: beyond)
    }
}

extension ConfidenceInterval {
    func scaled(by factor: Double) -> ConfidenceInterval {
        ConfidenceInterval(lower: lower * factor, upper: upper * factor)
    }
}
