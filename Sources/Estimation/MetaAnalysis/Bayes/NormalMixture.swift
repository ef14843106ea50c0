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
                inverses.withUnsafeBufferPointer { body(NormalComponents(weights[...], means[...], $0[...])) }
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
}
