internal import LinearAlgebra
internal import Parallelism
internal import Probability

/// The sums over experiments that second-moment estimators are functions of.
///
/// Every estimator here depends on the data through one vector of sums with one additive share per experiment, so
/// leaving an experiment out is a subtraction and a bootstrap sample is a weighted sum: linear cost throughout.
/// Effects are first shifted by their weighted mean where there is an intercept, so nothing cancels later.
struct EffectSums: Sendable {
    let effects: TreatmentEffects
    let intercept: Bool
    let layout: SumsLayout
    /// What was subtracted from every effect, G.
    let shift: [Double]
    private let weights: [Double]
    /// All shares, where they are few enough to keep.
    private var cache: [Double] = []
    private(set) var total: [Double]

    /// How many numbers of shares are kept: 80 MB.
    private static let cacheLimit = 10_000_000
    /// Experiments are summed in runs of this length, whatever the number of processors.
    static let chunk = 2048

    /// - Throws: `zeroNoise` (see `weights(_:)`).
    init(_ effects: TreatmentEffects, weights scheme: EffectWeights, intercept: Bool) throws(EstimationError) {
        self.effects = effects
        self.intercept = intercept
        layout = SumsLayout(order: effects.order)
        let weights = try effects.weights(scheme)
        self.weights = weights
        shift = intercept ? EffectSums.mean(of: effects, weights) : Array(repeating: 0, count: effects.order)
        total = []
        let count = layout.count
        if effects.experimentCount * count <= EffectSums.cacheLimit { cache = allShares() }
        let chunks = Chunks(of: effects.experimentCount, size: EffectSums.chunk)
        let sums = self
        let partial = concurrentMap(chunks.count) { chunk in
            var sum = Array(repeating: 0.0, count: count)
            sum.withUnsafeMutableBufferPointer { sum in
                sums.forEachShare(in: chunks[chunk]) { _, share in
                    for index in 0..<count { sum[index] += share[index] }
                }
            }
            return sum
        }
        total = partial.reduce(into: Array(repeating: 0, count: count)) { total, part in
            for index in 0..<count { total[index] += part[index] }
        }
    }

    /// The weighted mean, updated effect by effect so that values far from zero lose nothing.
    private static func mean(of effects: TreatmentEffects, _ weights: [Double]) -> [Double] {
        let order = effects.order
        var mean = Array(repeating: 0.0, count: order)
        var sum = 0.0
        effects.values.withUnsafeBufferPointer { values in
            for (j, weight) in weights.enumerated() {
                sum += weight
                let share = weight / sum
                for m in 0..<order { mean[m] += (values[j * order + m] - mean[m]) * share }
            }
        }
        return mean
    }

    /// Calls `body` with each experiment of a range and its share, which is valid during the call; of it the numbers
    /// before `limit` are there.
    func forEachShare(
        in range: Range<Int>, before limit: Int? = nil,
        _ body: (_ experiment: Int, _ share: UnsafePointer<Double>) -> Void
    ) {
        let count = layout.count
        if !cache.isEmpty {
            cache.withUnsafeBufferPointer { cache in
                guard let start = cache.baseAddress else { return }
                for k in range { body(k, start + k * count) }
            }
            return
        }
        computing { kernel, share in
            var kernel = kernel
            kernel.hasScatterNoise = (limit ?? count) > layout.scatterNoise
            for k in range {
                kernel.compute(k, into: share)
                body(k, share)
            }
        }
    }

    private func computing(_ body: (ExperimentShare, UnsafeMutablePointer<Double>) -> Void) {
        let scratch = UnsafeMutablePointer<Double>.allocate(
            capacity: layout.count + ExperimentShare.scratchCount(order: layout.order))
        defer { scratch.deallocate() }
        effects.withStorage { storage in
            weights.withUnsafeBufferPointer { weights in
                shift.withUnsafeBufferPointer { shift in
                    guard let weights = weights.baseAddress, let shift = shift.baseAddress else { return }
                    let kernel = ExperimentShare(
                        layout: layout, effects: storage, weights: weights, shift: shift,
                        scratch: scratch + layout.count)
                    body(kernel, scratch)
                }
            }
        }
    }

    private func allShares() -> [Double] {
        let count = layout.count
        let size = effects.experimentCount * count
        return Array(unsafeUninitializedCapacity: size) { buffer, initialised in
            guard let start = buffer.baseAddress else { return }
            start.initialize(repeating: 0, count: size)
            computing { kernel, _ in
                for k in 0..<effects.experimentCount { kernel.compute(k, into: start + k * count) }
            }
            initialised = size
        }
    }

    /// Experiment k's share.
    func share(_ k: Int, into share: inout [Double]) {
        forEachShare(in: k..<k + 1) { _, found in for index in share.indices { share[index] = found[index] } }
    }

    /// The sums without experiment k.
    func without(_ k: Int, buffer: inout [Double]) {
        share(k, into: &buffer)
        for index in buffer.indices { buffer[index] = total[index] - buffer[index] }
    }

    /// The sums with each experiment's share taken as often as its weight tells.
    func weighted(_ multiplicities: [Double]) -> [Double] {
        let count = layout.count
        var result = Array(repeating: 0.0, count: count)
        result.withUnsafeMutableBufferPointer { result in
            multiplicities.withUnsafeBufferPointer { times in
                forEachShare(in: 0..<effects.experimentCount) { k, share in
                    guard times[k] != 0 else { return }
                    for index in 0..<count { result[index] += times[k] * share[index] }
                }
            }
        }
        return result
    }

    /// The sums of bootstrap sample number `draw` of the experiments.
    func resampled(_ draw: Int, stream: RandomStream) -> [Double] {
        weighted(stream.multiplicities(draw, count: effects.experimentCount).map(Double.init))
    }
}
