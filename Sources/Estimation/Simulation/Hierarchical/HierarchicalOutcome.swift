/// What one estimator says of one data set.
struct HierarchicalOutcome: Sendable {
    /// μ̂ and τ̂ less the truth; nil where there is no estimate.
    private(set) var meanError: Double?
    private(set) var tauError: Double?
    /// Sums of θ̂ − θ and of its square over the effects that were used.
    private(set) var effectError = 0.0
    private(set) var effectSquare = 0.0
    private(set) var effectCount = 0
    /// Those of them whose interval contained the truth.
    private(set) var effectHits = 0
    /// A bit for each interval and parameter: whether there was one, and for μ and τ whether it contained the truth.
    private var found: UInt32 = 0
    private var hits: UInt32 = 0
    /// Of a posterior.
    private(set) var transforms: Transforms?

    /// A posterior's distribution functions at the truth.
    struct Transforms: Sendable {
        let mean: Double
        let tau: Double
        /// Of the first effect; nil where it was not used.
        let effect: Double?

        subscript(parameter: HierarchicalParameter) -> Double? {
            switch parameter {
            case .mean: mean
            case .tau: tau
            case .effect: effect
            }
        }
    }

    /// How many intervals there were, and how many of them contained the truth.
    func coverage(
        _ interval: HierarchicalInterval, _ parameter: HierarchicalParameter
    ) -> (found: Int, hits: Int) {
        let bit = HierarchicalOutcome.bit(interval, parameter)
        guard found & bit != 0 else { return (0, 0) }
        return parameter == .effect ? (effectCount, effectHits) : (1, hits & bit != 0 ? 1 : 0)
    }

    private static func bit(_ interval: HierarchicalInterval, _ parameter: HierarchicalParameter) -> UInt32 {
        let row = HierarchicalInterval.allCases.firstIndex(of: interval) ?? 0
        let column = HierarchicalParameter.allCases.firstIndex(of: parameter) ?? 0
        return 1 << (row * HierarchicalParameter.allCases.count + column)
    }

    /// No estimate.
    init() {}

    init(_ fit: MetaAnalysisFit, _ draw: HierarchicalDraw, indices: [Int]) {
        meanError = fit.mean - draw.mean
        tauError = fit.tau - draw.tau
        note(fit.meanInterval.contains(draw.mean), fit.options.test == .z ? .z : .knappHartung, .mean)
        let variance = draw.tau * draw.tau
        if let interval = fit.tauSquaredInterval { note(interval.contains(variance), .qProfile, .tau) }
        if let interval = fit.profileLikelihoodInterval { note(interval.contains(variance), .profileLikelihood, .tau) }
        for (index, effect) in zip(indices, fit.effects) {
            add(effect.mean - draw.effects[index])
            note(effect.interval.contains(draw.effects[index]), .shrunken, .effect)
        }
    }

    init(_ posterior: PosteriorTransforms, _ draw: HierarchicalDraw, level: Double) {
        let tail = (1 - level) / 2
        func isInside(_ transform: PosteriorTransforms.Transform) -> Bool {
            tail <= transform.share && transform.share <= 1 - tail
        }
        meanError = posterior.mean.estimate - draw.mean
        tauError = posterior.tau.estimate - draw.tau
        note(isInside(posterior.mean), .equalTailed, .mean)
        note(isInside(posterior.tau), .equalTailed, .tau)
        for (index, transform) in posterior.effects {
            add(transform.estimate - draw.effects[index])
            note(isInside(transform), .equalTailed, .effect)
        }
        let first = posterior.effects.first.flatMap { $0.index == 0 ? $0.transform.probability : nil }
        transforms = Transforms(
            mean: posterior.mean.probability, tau: posterior.tau.probability, effect: first)
    }

    private mutating func add(_ error: Double) {
        effectError += error
        effectSquare += error * error
        effectCount += 1
    }

    private mutating func note(_ covered: Bool, _ interval: HierarchicalInterval, _ parameter: HierarchicalParameter) {
        let bit = HierarchicalOutcome.bit(interval, parameter)
        found |= bit
        guard covered else { return }
        if parameter == .effect { effectHits += 1 } else { hits |= bit }
    }
}
