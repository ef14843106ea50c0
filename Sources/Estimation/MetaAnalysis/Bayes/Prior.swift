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
        // In units of the largest effect, whose square may leave the range of numbers.
        let largest = effects.reduce(0) { max($0, $1.magnitude) }
        guard largest > 0, effects.contains(where: { $0 != effects[0] }) else { throw .equalEffects }
        let unit = largest.binade
        let scaled = effects.map { $0 / unit }
        let deviation = SampleMoments.standardDeviation(scaled) * unit
        guard deviation > 0 else { throw .equalEffects }
        return Prior(
            mean: .normal(mean: SampleMoments.mean(scaled) * unit, standardDeviation: deviation),
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
        guard heterogeneity.parameters.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw .invalidPrior("A prior's scale, rate, bound and degrees of freedom are above zero and finite")
        }
    }

    /// The fewest effects with a proper posterior: a flat prior on τ needs p(δ | τ) to fall faster than 1/τ.
    var effectsNeeded: Int { heterogeneity == .flat ? (mean == .flat ? 3 : 2) : 1 }

    /// Of effects in another unit.
    func inUnits(of unit: Double) -> Prior {
        Prior(mean: mean.inUnits(of: unit), heterogeneity: heterogeneity.scaled(by: 1 / unit))
    }
}

extension MeanPrior {
    func inUnits(of unit: Double) -> MeanPrior {
        guard case .normal(let mean, let deviation) = self else { return .flat }
        return .normal(mean: mean / unit, standardDeviation: deviation / unit)
    }

    /// nil where the prior is flat.
    func density(_ mean: Double) -> Double? {
        guard case .normal(let centre, let deviation) = self else { return nil }
        return Normal(mean: centre, standardDeviation: deviation).density(mean)
    }
}
