internal import Probability

/// θ ~ μ + σ t_ν with μ, σ and ν by maximum likelihood, 1 ≤ ν ≤ ∞.
///
/// Quasi-Newton in (μ, log σ, 1/ν) from three starts; ν above 1000 is not told from ∞, where the law is normal. Source:
/// Lee and Thompson, Statistics in Medicine 27(3), 2008 (flexible random-effects distributions).
struct StudentFit: Sendable {
    /// Of the centred effects.
    let location: Double
    let scale: Double
    /// ∞ where the normal law has no lower likelihood.
    let degrees: Double
    let logLikelihood: Double

    /// - Throws: `noConvergence`.
    init(_ blocks: NoiseBlocks, normal: NormalFit) throws(EstimationError) {
        let likelihood = try MixtureLikelihood(
            blocks, reference: ScaleMixture.everyScale(blocks, blocks.own, location: normal.location))
        let noise = SampleMoments.mean(blocks.own).squareRoot()
        let least = (blocks.own.min() ?? 0).squareRoot()
        let spread = max(normal.tauSquared.squareRoot(), 0.1 * noise)
        let unit = max(spread, noise)
        var best = (location: normal.location, scale: normal.tauSquared.squareRoot(), degrees: Double.infinity)
        var greatest = normal.logLikelihood
        for start in [0.05, 0.25, 0.7] {
            let found = BoundedQuasiNewton.maximum(
                start: [0, Elementary.log(spread) - start, start], steps: [0.1 * spread / unit, 0.3, 0.1],
                lower: [-.infinity, Elementary.log(1e-3 * least), 1e-3], upper: [.infinity, .infinity, 1]
            ) { point in
                let nu = 1 / point[2]
                let mixture = StudentMixture(
                    blocks, location: normal.location + point[0] * unit, scale: Elementary.exp(point[1]), degrees: nu)
                var result = likelihood.derivatives(mixture, degrees: nu)
                result.gradient[0] *= unit
                return result
            }
            guard let found else { throw .noConvergence(method: "student-t") }
            // Rounding is no reason to prefer a law with one more parameter.
            guard found.point[2] > 1e-3, found.value > greatest + 1e-9 * max(1, greatest.magnitude) else { continue }
            greatest = found.value
            best = (normal.location + found.point[0] * unit, Elementary.exp(found.point[1]), 1 / found.point[2])
        }
        (location, scale, degrees) = best
        logLikelihood = greatest
    }
}

/// θ ~ Normal(μ, τ²) by maximum likelihood.
struct NormalFit: Sendable {
    /// Of the centred effects.
    let location: Double
    let tauSquared: Double
    let logLikelihood: Double

    /// - Throws: `noConvergence`.
    init(_ blocks: NoiseBlocks) throws(EstimationError) {
        let profile = Heterogeneity(blocks: blocks, estimator: .ml)
        tauSquared = try profile.maximum()
        location = blocks.information(tauSquared).mean
        logLikelihood = profile.logLikelihood(tauSquared)
    }
}
