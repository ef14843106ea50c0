import Estimation
import Probability
import Testing

@Suite struct OnePerExperimentTests {
    let stream = RandomStream(seed: 3, identifier: "pooled")

    /// The fit on drawn variants equals the fit on those effects given alone; the default prior is that of all effects.
    @Test func drawnVariantsAreFittedAlone() throws {
        let data = try Pananos2026Tests.data("many-variants")
        let drawn = data.indices(.onePerExperiment, stream: stream)
        #expect(drawn.count == data.experimentCount)
        #expect(drawn.map { data.experimentIndices[$0] } == Array(0..<data.experimentCount))
        #expect(drawn != data.indices(.onePerExperiment, stream: RandomStream(seed: 4, identifier: "pooled")))
        let alone = try MetaAnalysisData(
            estimates: drawn.map {
                EffectEstimate(
                    experiment: data.experiments[data.experimentIndices[$0]], arm: data.arms[$0],
                    effect: data.effects[$0], treatmentVariance: data.variance($0))
            })
        let fit = try data.randomEffects(correlation: .onePerExperiment, stream: stream)
        let other = try alone.randomEffects(stream: stream)
        #expect(abs(fit.mean - other.mean) < 1e-12 && abs(fit.tauSquared - other.tauSquared) < 1e-9)
        let posterior = try data.posterior(correlation: .onePerExperiment, stream: stream)
        #expect(posterior.prior == (try data.defaultPrior()))
        #expect(posterior.effectCount == data.experimentCount)
        #expect(posterior.effects.map(\.arm) == drawn.map { data.arms[$0] })
    }

    /// Densities integrate to one over their curves but for the tails left out; tolerance 0.003.
    @Test func densitiesAreNormalised() throws {
        let fit = try Pananos2026Tests.data("many-variants").posterior(stream: stream)
        for curve in [fit.meanDensity, fit.tauDensity] {
            var area = 0.0
            for i in 1..<curve.x.count {
                area += (curve.x[i] - curve.x[i - 1]) * (curve.y[i] + curve.y[i - 1]) / 2
            }
            #expect(abs(area - 0.999) < 0.003)
        }
        let interval = fit.mean.interval
        let shortest = fit.mean.shortestInterval
        #expect(shortest.upper - shortest.lower <= interval.upper - interval.lower + 1e-9)
    }
}
