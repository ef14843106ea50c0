import Estimation
import Probability
import Testing

@Suite struct PriorTests {
    let stream = RandomStream(seed: 1, identifier: "test")

    static func data(_ effects: [Double], variance: Double) throws -> MetaAnalysisData {
        try MetaAnalysisData(
            estimates: effects.enumerated().map {
                EffectEstimate(experiment: "\($0)", arm: "t", effect: $1, treatmentVariance: variance)
            })
    }

    /// One effect says nothing of τ under a flat prior of μ, so τ keeps its prior: half-t(2.5) of scale 0.7, whose second
    /// moment barely exists. Closed forms, by mpmath; tolerance 1e-8 of each.
    @Test func oneEffectLeavesThePrior() throws {
        let prior = Prior(mean: .flat, heterogeneity: .halfT(degreesOfFreedom: 2.5, scale: 0.7))
        let fit = try Self.data([4], variance: 0.09).posterior(prior: prior, stream: stream)
        let expected = (
            mean: 0.84422035606898516, deviation: 1.3180637277456488, median: 0.5495095780946094,
            spread: 1.5937377450509227
        )
        #expect(abs(try #require(fit.tau.mean) / expected.mean - 1) < 1e-8)
        #expect(abs(try #require(fit.tau.standardDeviation) / expected.deviation - 1) < 1e-8)
        #expect(abs(fit.tau.median / expected.median - 1) < 1e-8)
        #expect(fit.tau.shortestInterval.lower == 0)
        // Var μ = s² + E τ².
        #expect(abs(try #require(fit.mean.standardDeviation) / expected.spread - 1) < 1e-8)
        #expect(abs(try #require(fit.mean.mean) - 4) < 1e-8 && abs(fit.mean.median - 4) < 1e-8)
        #expect(abs(try #require(fit.tauZero).log) < 1e-8)
        #expect(fit.meanZero == nil)
    }

    /// A half-Cauchy prior has no mean, so after one effect neither has τ, nor μ where its prior is flat.
    @Test func momentsThatDoNotExistAreNil() throws {
        let data = try Self.data([4], variance: 0.09)
        let flat = try data.posterior(prior: Prior(mean: .flat, heterogeneity: .halfCauchy(scale: 1)), stream: stream)
        #expect(flat.tau.mean == nil && flat.mean.mean == nil && flat.newEffect.mean == nil)
        #expect(flat.mean.standardDeviation == nil && flat.effects[0].summary.standardDeviation != nil)
        let proper = Prior(mean: .normal(mean: 0, standardDeviation: 1), heterogeneity: .halfCauchy(scale: 1))
        let fit = try data.posterior(prior: proper, stream: stream)
        #expect(fit.tau.mean != nil && fit.tau.standardDeviation == nil && fit.mean.standardDeviation != nil)
    }

    /// Equal effects need a prior of their own; their mean is then the posterior's by symmetry.
    @Test func equalEffects() throws {
        let prior = Prior(mean: .flat, heterogeneity: .halfNormal(scale: 1))
        let fit = try Self.data([2, 2, 2], variance: 1).posterior(prior: prior, stream: stream)
        #expect(abs(fit.mean.median - 2) < 1e-12 && fit.tau.shortestInterval.lower == 0)
        #expect(try #require(fit.tauZero).favours == .null)
    }

    @Test func badPriorsAreErrors() throws {
        let data = try Self.data([1, 2], variance: 1)
        for prior in [
            Prior(mean: .normal(mean: 0, standardDeviation: 0), heterogeneity: .flat),
            Prior(mean: .normal(mean: .nan, standardDeviation: 1), heterogeneity: .flat),
            Prior(mean: .flat, heterogeneity: .halfT(degreesOfFreedom: -1, scale: 1)),
            Prior(mean: .flat, heterogeneity: .uniform(upper: .infinity)),
        ] {
            let error = #expect(throws: EstimationError.self) { try data.posterior(prior: prior, stream: stream) }
            guard case .invalidPrior = error else {
                Issue.record("another error: \(String(describing: error))")
                continue
            }
        }
        #expect(throws: EstimationError.improperPosterior(needed: 3, found: 2)) {
            try data.sensitivity(to: [Prior(mean: .flat, heterogeneity: .flat)], stream: stream)
        }
    }

    /// Effects in units of 2⁵⁰⁰ or 2⁻⁵⁰⁰: every place and width is the same in that unit, every probability the same, to
    /// the bit.
    @Test(arguments: [500, -500])
    func anyUnit(exponent: Int) throws {
        let unit = Double(sign: .plus, exponent: exponent, significand: 1)
        func fit(_ unit: Double) throws -> PosteriorFit {
            let estimates = zip(Rover2020Tests.effects, Rover2020Tests.errors).enumerated().map { school, pair in
                EffectEstimate(
                    experiment: "\(school / 2)", arm: "\(school)", effect: pair.0 * unit,
                    treatmentVariance: pair.1 * unit * (pair.1 * unit), controlVariance: 9 * unit * unit)
            }
            return try MetaAnalysisData(estimates: estimates).posterior(stream: stream, threshold: 5 * unit)
        }
        let (plain, scaled) = (try fit(1), try fit(unit))
        func expectSame(_ a: PosteriorSummary, _ b: PosteriorSummary) {
            #expect(a.median * unit == b.median)
            #expect(a.mean.map { $0 * unit } == b.mean)
            #expect(a.standardDeviation.map { $0 * unit } == b.standardDeviation)
            #expect(a.interval.lower * unit == b.interval.lower && a.interval.upper * unit == b.interval.upper)
            #expect(a.shortestInterval.lower * unit == b.shortestInterval.lower)
            #expect(a.shortestInterval.upper * unit == b.shortestInterval.upper)
            #expect(a.probabilityAbove == b.probabilityAbove && a.probabilityAboveZero == b.probabilityAboveZero)
        }
        expectSame(plain.mean, scaled.mean)
        expectSame(plain.tau, scaled.tau)
        expectSame(plain.newEffect, scaled.newEffect)
        for (a, b) in zip(plain.effects, scaled.effects) { expectSame(a.summary, b.summary) }
        #expect(plain.tauZero == scaled.tauZero && plain.meanZero == scaled.meanZero)
        #expect(plain.meanDensity.y.map { $0 / unit } == scaled.meanDensity.y)
    }

    /// Scales that leave the range of numbers when squared are errors, not numbers that mean nothing.
    @Test func scalesBeyondTheRange() throws {
        #expect(throws: EstimationError.noConvergence(method: "The quadrature over τ")) {
            try Self.data([1e300, 2e300, 4e300], variance: 1).posterior(stream: stream)
        }
        let fit = try Self.data([1e-300, 2e-300, 4e-300], variance: 1).posterior(
            prior: Prior(mean: .normal(mean: 0, standardDeviation: 1), heterogeneity: .halfNormal(scale: 1)),
            stream: stream)
        #expect(fit.mean.median.isFinite && abs(fit.mean.median) < 1e-15)
    }
}
