internal import Probability

/// What is believed of μ before the effects are seen.
package enum MeanPrior: Sendable, Equatable {
    case normal(mean: Double, standardDeviation: Double)
    /// Constant, improper.
    case flat
}

/// What is believed of τ before the effects are seen.
package enum HeterogeneityPrior: Sendable, Equatable {
    case halfCauchy(scale: Double)
    case halfNormal(scale: Double)
    case halfT(degreesOfFreedom: Double, scale: Double)
    case uniform(upper: Double)
    case exponential(rate: Double)
    /// Constant on τ > 0, improper.
    case flat
}

/// The two priors of the hierarchical model.
package struct Prior: Sendable, Equatable {
    package var mean: MeanPrior
    package var heterogeneity: HeterogeneityPrior

    package init(mean: MeanPrior, heterogeneity: HeterogeneityPrior) {
        self.mean = mean
        self.heterogeneity = heterogeneity
    }
}

extension MetaAnalysisData {
    /// μ ~ Normal(mean δ, sd(δ)²) and τ ~ half-Cauchy(sd δ), over all effects whatever the correlation, sd with n − 1.
    ///
    /// Source: D. Pananos, "Musings About The Normal Normal Model", 2026.
    /// - Throws: `tooFewEffects` below two, `equalEffects`.
    package func defaultPrior() throws(EstimationError) -> Prior {
        guard count >= 2 else { throw .tooFewEffects(needed: 2, found: count) }
        let deviation = SampleMoments.standardDeviation(effects)
        guard deviation > 0 else { throw .equalEffects }
        return Prior(
            mean: .normal(mean: SampleMoments.mean(effects), standardDeviation: deviation),
            heterogeneity: .halfCauchy(scale: deviation))
    }
}

extension Prior {
    /// - Throws: `invalidPrior` with the rule that a parameter breaks.
    func check() throws(EstimationError) {
        if case .normal(let mean, let deviation) = mean {
            guard mean.isFinite else { throw .invalidPrior("A normal prior's mean is finite") }
            guard deviation > 0, deviation.isFinite else {
                throw .invalidPrior("A normal prior's standard deviation is above zero and finite")
            }
        }
        let parameters: [Double] =
            switch heterogeneity {
            case .halfCauchy(let scale), .halfNormal(let scale): [scale]
            case .halfT(let degrees, let scale): [degrees, scale]
            case .uniform(let upper): [upper]
            case .exponential(let rate): [rate]
            case .flat: []
            }
        guard parameters.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw .invalidPrior("A prior's scale, rate, bound and degrees of freedom are above zero and finite")
        }
    }
}

extension HeterogeneityPrior {
    /// log p(τ), τ ≥ 0, with its constant; −∞ outside the support.
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
}
