internal import Probability

/// Densities at two hundred points over all but 0.1 per cent, in data's units.
extension PosteriorSummaries {
    var meanCurve: DensityCurve {
        let prior = distribution.posterior.prior.mean
        return curve(of: populationMean, prior: prior == .flat ? nil : { prior.density($0) ?? 0 })
    }

    var newEffectCurve: DensityCurve { curve(of: newEffectMixture, prior: nil) }

    var tauCurve: DensityCurve {
        let prior = distribution.posterior.prior.heterogeneity
        return curve(
            from: 0, to: distribution.quantile(0.999), distribution.density,
            prior: prior == .flat ? nil : { Elementary.exp(prior.logDensity($0)) })
    }

    private func curve(of mixture: NormalMixture, prior: ((Double) -> Double)?) -> DensityCurve {
        curve(from: mixture.quantile(0.0005), to: mixture.quantile(0.9995), mixture.density, prior: prior)
    }

    private func curve(
        from lower: Double, to upper: Double, _ density: (Double) -> Double, prior: ((Double) -> Double)?
    ) -> DensityCurve {
        let x = (0..<200).map { lower + (upper - lower) * Double($0) / 199 }
        return DensityCurve(
            x: x.map { $0 * reader.unit }, y: x.map { density($0) / reader.unit },
            prior: prior.map { prior in x.map { prior($0) / reader.unit } })
    }
}
