internal import LinearAlgebra
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

    /// - Throws: `zeroNoise` (see `weights(_:)`).
    init(_ effects: TreatmentEffects, weights scheme: EffectWeights, intercept: Bool) throws(EstimationError) {
        self.effects = effects
        self.intercept = intercept
        layout = SumsLayout(order: effects.order)
        weights = try effects.weights(scheme)
        var shift = Array(repeating: 0.0, count: effects.order)
        if intercept {
            var sum = 0.0
            for (j, weight) in weights.enumerated() {
                sum += weight
                for m in shift.indices { shift[m] += (effects.value(j, m) - shift[m]) * (weight / sum) }
            }
        }
        self.shift = shift
        total = Array(repeating: 0, count: layout.count)
        let keeps = effects.experimentCount * layout.count <= 20_000_000
        if keeps { cache.reserveCapacity(effects.experimentCount * layout.count) }
        var share = total
        for k in 0..<effects.experimentCount {
            compute(k, into: &share)
            for index in total.indices { total[index] += share[index] }
            if keeps { cache.append(contentsOf: share) }
        }
    }

    /// Experiment k's share.
    func share(_ k: Int, into share: inout [Double]) {
        guard cache.isEmpty else {
            let start = k * layout.count
            for index in share.indices { share[index] = cache[start + index] }
            return
        }
        compute(k, into: &share)
    }

    /// The sums without experiment k.
    func without(_ k: Int, buffer: inout [Double]) {
        share(k, into: &buffer)
        for index in buffer.indices { buffer[index] = total[index] - buffer[index] }
    }

    /// The sums of bootstrap sample number `draw` of the experiments.
    func resampled(_ draw: Int, stream: RandomStream) -> [Double] {
        let multiplicities = stream.multiplicities(draw, count: effects.experimentCount)
        var result = Array(repeating: 0.0, count: layout.count)
        var share = result
        for (k, times) in multiplicities.enumerated() where times > 0 {
            self.share(k, into: &share)
            for index in result.indices { result[index] += Double(times) * share[index] }
        }
        return result
    }

    private func compute(_ k: Int, into share: inout [Double]) {
        let range = effects.effects(of: k)
        for index in share.indices { share[index] = 0 }
        share[SumsLayout.effects] = Double(range.count)
        for j in range { addSecondMoments(j, to: &share) }
        addNoiseOfSum(k, to: &share)
        guard let counts = effects.counts else { return }
        addCounts(k, counts, to: &share)
        var degrees = 0.0
        effects.addPooled(of: k, to: &share, at: layout.pooled, degrees: &degrees)
        share[SumsLayout.degreesOfFreedom] = degrees
    }

    private func addSecondMoments(_ j: Int, to share: inout [Double]) {
        let weight = weights[j]
        share[SumsLayout.weight] += weight
        share[SumsLayout.weightSquare] += weight * weight
        var position = 0
        for a in 0..<effects.order {
            let x = effects.value(j, a) - shift[a]
            share[layout.mean + a] += weight * x
            for b in 0...a {
                share[layout.second + position] += weight * x * (effects.value(j, b) - shift[b])
                share[layout.noise + position] += weight * effects.covariance(j, j, a, b)
                position += 1
            }
        }
    }

    /// Σ_jl a_ja_lV_jl, which is the covariance of Σ a_jτ̂_j.
    private func addNoiseOfSum(_ k: Int, to share: inout [Double]) {
        let (order, packed) = (effects.order, effects.packedOrder)
        var factors = Array(repeating: 0.0, count: order)
        var scaleFactors = factors
        for j in effects.effects(of: k) {
            for m in 0..<order {
                factors[m] += weights[j] * effects.multiplier(j, m)
                scaleFactors[m] += weights[j] * effects.value(j, m)
            }
            for p in 0..<packed {
                share[layout.noiseSquare + p] += weights[j] * weights[j] * effects.own[j * packed + p]
            }
        }
        var position = 0
        for a in 0..<order {
            for b in 0...a {
                var sum = factors[a] * factors[b] * effects.shared[k * packed + position]
                if let noise = effects.scaleNoise {
                    sum += scaleFactors[a] * scaleFactors[b] * noise[k * packed + position]
                }
                share[layout.noiseSquare + position] += sum
                position += 1
            }
        }
    }

    /// The scalars of equal unit covariances, and the scatter TᵀWT = Σnᵢττᵀ − (Σnᵢτᵢ)(Σnᵢτᵢ)ᵀ/(n₀ + Σnᵢ).
    private func addCounts(_ k: Int, _ counts: TreatmentEffects.Counts, to share: inout [Double]) {
        let order = effects.order
        let control = Double(counts.control[k])
        var treated = 0.0
        var sums = Array(repeating: 0.0, count: order)
        var weightSum = 0.0
        for j in effects.effects(of: k) {
            let count = Double(counts.treatment[j])
            treated += count
            weightSum += weights[j]
            share[SumsLayout.unitNoise] += weights[j] * (1 / control + 1 / count)
            share[SumsLayout.unitNoiseSquare] += weights[j] * weights[j] / count
            var position = layout.scatter
            for a in 0..<order {
                let x = count * (effects.value(j, a) - shift[a])
                sums[a] += x
                for b in 0...a {
                    share[position] += x * (effects.value(j, b) - shift[b])
                    position += 1
                }
            }
        }
        share[SumsLayout.unitNoiseSquare] += weightSum * weightSum / control
        share[SumsLayout.precision] = treated * control / (control + treated)
        var position = layout.scatter
        for a in 0..<order {
            share[layout.scatterMean + a] = sums[a] * control / (control + treated)
            for b in 0...a {
                share[position] -= sums[a] * sums[b] / (control + treated)
                position += 1
            }
        }
    }
}
