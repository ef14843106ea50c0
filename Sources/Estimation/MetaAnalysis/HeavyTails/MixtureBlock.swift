internal import Probability

/// One experiment under a mixture law: its likelihood and, at every node and effect, which component made it.
///
/// f_i(x) = Σ_m π_m φ(x; location, s²_t,i + σ_m²) at x = δ_i − u_i e.
struct MixtureBlock: Sendable {
    let range: Range<Int>
    /// log ∫ φ(e) Π_i f_i de.
    let logLikelihood: Double
    /// The nodes' posterior probabilities.
    let nodes: [Double]
    /// x − location, by node and effect.
    let residuals: [Double]
    /// φ_m/f_i by node, effect and component: the derivative of log f_i in π_m.
    let ratios: [Double]

    init(_ blocks: NoiseBlocks, _ k: Int, _ shared: SharedNoiseNodes, _ law: ScaleMixture) {
        range = blocks.range(k)
        let (size, count) = (range.count, law.weights.count)
        var logs = shared.logWeights
        var residuals = Array(repeating: 0.0, count: shared.count * size)
        var ratios = Array(repeating: 0.0, count: shared.count * size * count)
        var (precisions, constants) = (Array(repeating: 0.0, count: count), Array(repeating: 0.0, count: count))
        for i in 0..<size {
            let j = range.lowerBound + i
            for m in 0..<count {
                let variance = blocks.own[j] + law.variances[m]
                precisions[m] = 1 / variance
                constants[m] = -(Elementary.log(variance) + Elementary.logTwoPi) / 2
            }
            for q in 0..<shared.count {
                let position = q * size + i
                let x = blocks.effects[j] - shared.shifts[position] - law.location
                residuals[position] = x
                let first = position * count
                var greatest = -Double.infinity
                for m in 0..<count {
                    let exponent = constants[m] - x * x * precisions[m] / 2
                    ratios[first + m] = exponent
                    greatest = max(greatest, exponent)
                }
                var density = 0.0
                for m in 0..<count {
                    let value = Elementary.exp(ratios[first + m] - greatest)
                    ratios[first + m] = value
                    density += law.weights[m] * value
                }
                for m in 0..<count { ratios[first + m] /= density }
                logs[q] += greatest + Elementary.log(density)
            }
        }
        let greatest = logs.max() ?? 0
        var sum = 0.0
        for q in logs.indices {
            logs[q] = Elementary.exp(logs[q] - greatest)
            sum += logs[q]
        }
        logLikelihood = greatest + Elementary.log(sum)
        nodes = logs.map { $0 / sum }
        self.residuals = residuals
        self.ratios = ratios
    }
}
