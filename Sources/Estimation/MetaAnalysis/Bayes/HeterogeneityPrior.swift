internal import Probability

extension HeterogeneityPrior {
    /// log p(τ), τ ≥ 0, with its constant; −∞ outside the support. The flat prior's is 0.
    func logDensity(_ tau: Double) -> Double {
        switch self {
        case .halfCauchy(let scale):
            let ratio = tau / scale
            return Elementary.log(2 / (Double.pi * scale)) - Elementary.log1p(ratio * ratio)
        case .halfNormal(let scale):
            let ratio = tau / scale
            return Elementary.log(2 / scale) - Elementary.logTwoPi / 2 - ratio * ratio / 2
        case .halfT(let degrees, let scale):
            let density = StudentT(degreesOfFreedom: degrees).density(0)
            let ratio = tau / scale
            return Elementary.log(2 * density / scale) - (degrees + 1) / 2 * Elementary.log1p(ratio * ratio / degrees)
        case .uniform(let upper): return tau <= upper ? -Elementary.log(upper) : -.infinity
        case .exponential(let rate): return Elementary.log(rate) - rate * tau
        case .flat: return 0
        }
    }

    /// The largest τ.
    var upperBound: Double {
        if case .uniform(let upper) = self { upper } else { .infinity }
    }

    /// a where the density falls like τ⁻ᵃ.
    var tailPower: Double {
        switch self {
        case .halfCauchy: 2
        case .halfT(let degrees, _): degrees + 1
        case .flat: 0
        case .halfNormal, .uniform, .exponential: .infinity
        }
    }

    /// All that must be above zero.
    var parameters: [Double] {
        switch self {
        case .halfCauchy(let scale), .halfNormal(let scale): [scale]
        case .halfT(let degrees, let scale): [degrees, scale]
        case .uniform(let upper): [upper]
        case .exponential(let rate): [rate]
        case .flat: []
        }
    }

    /// What τ is measured by: a scale, a bound, a mean; nil where the prior is flat.
    var scale: Double? {
        switch self {
        case .halfCauchy(let scale), .halfNormal(let scale), .halfT(_, let scale): scale
        case .uniform(let upper): upper
        case .exponential(let rate): 1 / rate
        case .flat: nil
        }
    }

    /// The law of τ times a factor.
    func scaled(by factor: Double) -> HeterogeneityPrior {
        switch self {
        case .halfCauchy(let scale): .halfCauchy(scale: scale * factor)
        case .halfNormal(let scale): .halfNormal(scale: scale * factor)
        case .halfT(let degrees, let scale): .halfT(degreesOfFreedom: degrees, scale: scale * factor)
        case .uniform(let upper): .uniform(upper: upper * factor)
        case .exponential(let rate): .exponential(rate: rate / factor)
        case .flat: .flat
        }
    }
}
