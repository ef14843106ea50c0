internal import Probability

/// Student's t as a mixture of normals: θ | λ ~ Normal(μ, σ²/λ), λ ~ Gamma(ν/2, ν/2), λ on a logarithmic grid.
///
/// The trapezoidal rule in log λ converges exponentially: with steps of 0.4, or 0.9/√((ν + 1)/2) where that is less, and
/// ends beyond which less than e⁻²³ is left for any of the effects, densities err by less than 1e-9 of themselves.
struct StudentMixture: Sendable {
    let law: ScaleMixture
    /// ∂ log π_m/∂ν.
    let scores: [Double]

    /// - Parameters:
    ///   - location: μ, of the centred effects.
    ///   - degrees: ν, from 1.
    init(_ blocks: NoiseBlocks, location: Double, scale: Double, degrees nu: Double) {
        let variance = scale * scale
        var (farthest, noisiest) = (0.0, 0.0)
        for (effect, own) in zip(blocks.effects, blocks.own) {
            farthest = max(farthest, (effect - location) * (effect - location))
            noisiest = max(noisiest, own)
        }
        let peak = Elementary.log((nu + 1) / (nu + farthest / variance))
        let flat = Elementary.log(variance / noisiest)
        let low = min(peak, flat, 0) - (92 / (nu + 1)).squareRoot() - 46 / (nu + 1)
        let high = Elementary.log(1 + 1.1 * (92 / nu).squareRoot() + 46 / nu)
        let step = min(0.4, 0.9 / ((nu + 1) / 2).squareRoot())
        let count = Int(((high - low) / step).rounded(.up))
        var (logs, raw, variances): ([Double], [Double], [Double]) = ([], [], [])
        for m in 0...count {
            let t = low + Double(m) * step
            let lambda = Elementary.exp(t)
            logs.append(nu / 2 * (t - lambda))
            raw.append((t - lambda) / 2)
            variances.append(variance / lambda)
        }
        let greatest = logs.max() ?? 0
        var (total, score) = (0.0, 0.0)
        for m in logs.indices {
            logs[m] = Elementary.exp(logs[m] - greatest)
            total += logs[m]
            score += logs[m] * raw[m]
        }
        law = ScaleMixture(location: location, weights: logs.map { $0 / total }, variances: variances)
        scores = raw.map { $0 - score / total }
    }
}

extension MixtureLikelihood {
    /// The log-likelihood and its derivatives in μ, log σ and 1/ν.
    func derivatives(_ mixture: StudentMixture, degrees nu: Double) -> (value: Double, gradient: [Double]) {
        let law = mixture.law
        let count = law.weights.count
        let sums = sum(law, count: 4) { block, sums in
            sums[0] += block.logLikelihood
            let size = block.range.count
            for (i, j) in block.range.enumerated() {
                let precisions = law.variances.map { 1 / (blocks.own[j] + $0) }
                for (q, probability) in block.nodes.enumerated() where probability > 1e-14 {
                    let position = q * size + i
                    let x = block.residuals[position]
                    var (first, second, third) = (0.0, 0.0, 0.0)
                    for m in 0..<count {
                        let share = law.weights[m] * block.ratios[position * count + m]
                        let precision = precisions[m]
                        first += share * x * precision
                        second += share * law.variances[m] * precision * (x * x * precision - 1)
                        third += share * mixture.scores[m]
                    }
                    sums[1] += probability * first
                    sums[2] += probability * second
                    sums[3] += probability * third
                }
            }
        }
        return (sums[0], [sums[1], sums[2], -nu * nu * sums[3]])
    }
}
