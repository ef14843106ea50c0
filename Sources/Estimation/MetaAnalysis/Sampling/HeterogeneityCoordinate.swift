internal import Probability

/// The unconstrained coordinate x of τ: τ = eˣ, or τ = U/(1 + e⁻ˣ) where the prior ends at U.
struct HeterogeneityCoordinate: Sendable {
    let upper: Double

    struct Point {
        let tau: Double
        /// dτ/dx.
        let slope: Double
        /// log dτ/dx up to a constant, and its derivative.
        let logJacobian: Double
        let jacobianSlope: Double
    }

    @inline(__always)
    func point(_ x: Double) -> Point {
        guard upper < .infinity else {
            let tau = Elementary.exp(x)
            return Point(tau: tau, slope: tau, logJacobian: x, jacobianSlope: 1)
        }
        let small = Elementary.exp(-x.magnitude)
        let (lower, higher) = (small / (1 + small), 1 / (1 + small))
        let (share, rest) = x < 0 ? (lower, higher) : (higher, lower)
        return Point(
            tau: upper * share, slope: upper * share * rest,
            logJacobian: -x.magnitude - 2 * Elementary.log1p(small), jacobianSlope: rest - share)
    }
}

extension HeterogeneityPrior {
    /// log p(τ) without its constant, and its derivative.
    @inline(__always)
    func kernel(_ tau: Double) -> (value: Double, slope: Double) {
        switch self {
        case .halfCauchy(let scale):
            let ratio = tau / scale
            return (-Elementary.log1p(ratio * ratio), -2 * ratio / (scale * (1 + ratio * ratio)))
        case .halfNormal(let scale):
            let ratio = tau / scale
            return (-ratio * ratio / 2, -ratio / scale)
        case .halfT(let degrees, let scale):
            let ratio = tau / scale
            let spread = 1 + ratio * ratio / degrees
            return (
                -(degrees + 1) / 2 * Elementary.log1p(ratio * ratio / degrees),
                -(degrees + 1) * ratio / (degrees * scale * spread)
            )
        case .exponential(let rate): return (-rate * tau, -rate)
        case .uniform, .flat: return (0, 0)
        }
    }
}

extension Prior {
    /// The same beliefs of (μ − centre)/unit and τ/unit.
    func inUnits(of unit: Double, centre: Double) -> Prior {
        let mean: MeanPrior =
            switch mean {
            case .normal(let mean, let deviation):
                .normal(mean: (mean - centre) / unit, standardDeviation: deviation / unit)
            case .flat: .flat
            }
        let heterogeneity: HeterogeneityPrior =
            switch heterogeneity {
            case .halfCauchy(let scale): .halfCauchy(scale: scale / unit)
            case .halfNormal(let scale): .halfNormal(scale: scale / unit)
            case .halfT(let degrees, let scale): .halfT(degreesOfFreedom: degrees, scale: scale / unit)
            case .uniform(let upper): .uniform(upper: upper / unit)
            case .exponential(let rate): .exponential(rate: rate * unit)
            case .flat: .flat
            }
        return Prior(mean: mean, heterogeneity: heterogeneity)
    }
}
