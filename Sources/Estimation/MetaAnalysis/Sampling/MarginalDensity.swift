internal import MCMC
internal import Probability

/// log p(μ, x | δ) with true effects integrated out: δ ~ Normal(μ1, Σ + τ²I).
///
/// With s = B⁻¹(δ − μ1): ∂/∂μ = 1ᵀs + (m − μ)/s₀², ∂/∂τ = τ(sᵀs − tr B⁻¹) + (log p(τ))′.
struct MarginalDensity: LogDensity {
    let frame: SamplingFrame

    var dimension: Int { 2 }

    func value(at position: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>) -> Double {
        let mean = frame.meanPlace + frame.meanSpread * position[0]
        let point = frame.coordinate.point(frame.place + frame.spread * position[1])
        let forms = frame.blocks.forms(mean: mean, tauSquared: point.tau * point.tau)
        let prior = frame.prior.heterogeneity.kernel(point.tau)
        let belief = frame.prior.mean.kernel(mean)
        gradient[0] = (forms.score + belief.slope) * frame.meanSpread
        gradient[1] =
            ((point.tau * (forms.squareOfSolution - forms.trace) + prior.slope) * point.slope + point.jacobianSlope)
            * frame.spread
        return belief.value + prior.value + point.logJacobian - (forms.logDeterminant + forms.square) / 2
    }
}

extension MeanPrior {
    /// log p(μ) without its constant, and its derivative.
    func kernel(_ mean: Double) -> (value: Double, slope: Double) {
        guard case .normal(let centre, let deviation) = self else { return (0, 0) }
        let z = (mean - centre) / deviation
        return (-z * z / 2, -z / deviation)
    }
}
