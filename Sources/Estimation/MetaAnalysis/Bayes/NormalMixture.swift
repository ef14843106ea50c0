internal import Probability

/// A mixture of normal distributions: a posterior averaged over τ.
struct NormalMixture: Sendable {
    let weights: [Double]
    let means: [Double]
    /// One over each standard deviation.
    let inverses: [Double]
    let moments: MixtureMoments

    init(weights: [Double], means: [Double], deviations: [Double]) {
        self.weights = weights
        self.means = means
        let inverses = deviations.map { 1 / $0 }
        self.inverses = inverses
        moments = NormalMixture.read(weights, means, inverses) { $0.moments }
    }

    private static func read<Result>(
        _ weights: [Double], _ means: [Double], _ inverses: [Double], _ body: (NormalComponents) -> Result
    ) -> Result {
        weights.withUnsafeBufferPointer { weights in
            means.withUnsafeBufferPointer { means in
                inverses.withUnsafeBufferPointer { inverses in
                    guard let a = weights.baseAddress, let b = means.baseAddress, let c = inverses.baseAddress else {
                        preconditionFailure("A mixture has components")
                    }
                    return body(NormalComponents(count: weights.count, weights: a, means: b, inverses: c))
                }
            }
        }
    }

    func read<Result>(_ body: (NormalComponents) -> Result) -> Result {
        NormalMixture.read(weights, means, inverses, body)
    }

    var mean: Double { moments.mean }
    var standardDeviation: Double { moments.deviation }

    func density(_ x: Double) -> Double { read { $0.shape(x).density } }
    func cumulative(_ x: Double) -> Double { read { $0.tail(x, upper: false) } }
    func upperTail(_ x: Double) -> Double { read { $0.tail(x, upper: true) } }

    func quantile(_ p: Double) -> Double {
        read { $0.quantile(p, start: moments.quantile(Normal.standardQuantile(p)), spread: moments.deviation) }
    }

    /// The shortest interval of this probability: of highest density where there is one mode.
    func shortestInterval(_ level: Double, from equalTails: ConfidenceInterval) -> ConfidenceInterval {
        let found: ConfidenceInterval? = read {
            $0.isUnimodal ? $0.shortestInterval(level, from: equalTails, spread: moments.deviation) : nil
        }
        return found ?? ShortestInterval.search(level, quantile: quantile, density: density)
    }
}
