import Estimation
import MCMC
import Probability
import Testing

/// The No-U-Turn sampler against the exact posterior: means and medians of μ, τ, a new effect and every true effect within
/// 4 Monte Carlo standard errors, so too the 95% intervals' ends of μ and τ; standard deviations within 10 per cent.
@Suite struct SamplingTests {
    static let stream = RandomStream(seed: 1, identifier: "sampling")

    private func agree(_ found: SampledSummary, _ exact: PosteriorSummary, _ name: String) throws {
        let (rHat, size) = (try #require(found.rHat), try #require(found.essBulk))
        #expect(rHat < 1.01 && size > 400, "\(name): R̂ \(rHat), \(size) draws")
        if let mean = exact.mean, let value = found.mean, let error = found.mcse {
            #expect(abs(value - mean) < 4 * error, "\(name)")
        }
        #expect(abs(found.median - exact.median) < 4 * (found.mcseMedian ?? 0), "\(name)")
        guard let spread = exact.standardDeviation, let deviation = found.standardDeviation else { return }
        #expect(abs(deviation - spread) < 0.1 * spread, "\(name)")
    }

    private func agree(_ chains: [[Double]], _ exact: PosteriorSummary, _ name: String) throws {
        let diagnostics = ChainDiagnostics(chains)
        for (p, bound) in [(0.025, exact.interval.lower), (0.975, exact.interval.upper)] {
            let value = try #require(SampleQuantiles.quantile(p, sorted: diagnostics.sorted))
            #expect(abs(value - bound) < 4 * (diagnostics.mcse(ofQuantile: p) ?? 0), "\(name) at \(p)")
        }
    }

    private func agree(
        _ data: MetaAnalysisData, _ prior: Prior? = nil, _ correlation: EffectCorrelation = .sharedControl,
        _ parameterisation: SamplingParameterisation
    ) throws {
        let exact = try data.posterior(prior: prior, correlation: correlation, stream: Self.stream, threshold: 0.5)
        let found = try data.sampledPosterior(
            prior: prior, correlation: correlation, stream: Self.stream, threshold: 0.5,
            options: SamplingOptions(parameterisation: parameterisation))
        try agree(found.mean, exact.mean, "μ")
        try agree(found.tau, exact.tau, "τ")
        try agree(found.newEffect, exact.newEffect, "new effect")
        let draws = try data.posteriorDraws(
            prior: prior, correlation: correlation, stream: Self.stream,
            options: SamplingOptions(parameterisation: parameterisation))
        try agree(draws.mean, exact.mean, "μ")
        try agree(draws.tau, exact.tau, "τ")
        #expect(found.effects.count == exact.effects.count)
        for (one, other) in zip(found.effects, exact.effects) {
            #expect(one.experiment == other.experiment && one.arm == other.arm && one.effect == other.effect)
            try agree(one.summary, other.summary, "θ of \(one.experiment), \(one.arm)")
            #expect(abs(one.summary.probabilityAbove - other.summary.probabilityAbove) < 0.04)
        }
        #expect(found.findings == [])
        #expect(found.sampler.divergences == 0 && found.sampler.maxTreeDepthHits == 0)
    }

    @Test(arguments: ["baseline", "many-variants", "control-outlier", "high-correlation"], EffectCorrelation.allCases)
    func integrated(scenario: String, correlation: EffectCorrelation) throws {
        try agree(Pananos2026Tests.data(scenario), nil, correlation, .integrated)
    }

    @Test(arguments: ["baseline", "many-variants", "control-outlier", "high-correlation"])
    func nonCentred(scenario: String) throws {
        try agree(Pananos2026Tests.data(scenario), nil, .sharedControl, .nonCentred)
    }

    static func schools(scale: Double = 1) throws -> MetaAnalysisData {
        try MetaAnalysisData(
            estimates: zip(Rover2020Tests.effects, Rover2020Tests.errors).enumerated().map { school, pair in
                EffectEstimate(
                    experiment: "\(school)", arm: "coached", effect: pair.0 * scale,
                    treatmentVariance: pair.1 * pair.1 * scale * scale)
            })
    }

    @Test(arguments: SamplingParameterisation.allCases)
    func eightSchools(parameterisation: SamplingParameterisation) throws {
        let prior = Prior(mean: .normal(mean: 0, standardDeviation: 50), heterogeneity: .halfCauchy(scale: 25))
        try agree(Self.schools(), prior, .sharedControl, parameterisation)
    }

    /// Every other prior, on eight schools.
    @Test(arguments: [
        Prior(mean: .flat, heterogeneity: .halfNormal(scale: 10)),
        Prior(mean: .flat, heterogeneity: .uniform(upper: 30)),
        Prior(mean: .normal(mean: 5, standardDeviation: 3), heterogeneity: .uniform(upper: 1e6)),
        Prior(mean: .flat, heterogeneity: .exponential(rate: 0.2)),
        Prior(mean: .flat, heterogeneity: .halfT(degreesOfFreedom: 3, scale: 10)),
        Prior(mean: .flat, heterogeneity: .flat),
    ])
    func priors(prior: Prior) throws {
        try agree(Self.schools(), prior, .sharedControl, .integrated)
    }

    /// Where a moment does not exist none is told: τ's variance needs its density to fall faster than τ⁻³.
    @Test func momentsThatDoNotExist() throws {
        let three = try MetaAnalysisData(
            estimates: [1.0, 2, 4].enumerated().map {
                EffectEstimate(experiment: "\($0)", arm: "t", effect: $1, treatmentVariance: 1)
            })
        let fit = try three.sampledPosterior(
            prior: Prior(mean: .flat, heterogeneity: .flat), stream: Self.stream,
            options: SamplingOptions(warmup: 200, draws: 200))
        #expect(fit.tau.mean == nil && fit.tau.standardDeviation == nil && fit.tau.mcse == nil)
        #expect(fit.mean.standardDeviation == nil && fit.newEffect.mean == nil)
        #expect(fit.tau.median > 0 && fit.tau.mcseMedian != nil)
    }

    /// Units change nothing but the units: powers of two to the bit in the sampler's own coordinates.
    @Test(arguments: [-300, -40, 40, 300])
    func units(exponent: Int) throws {
        let unit = Double(sign: .plus, exponent: exponent, significand: 1)
        let options = SamplingOptions(warmup: 200, draws: 100)
        let one = try Self.schools().sampledPosterior(stream: Self.stream, options: options)
        let other = try Self.schools(scale: unit).sampledPosterior(stream: Self.stream, options: options)
        #expect(abs(other.tau.median / unit - one.tau.median) < 1e-6 * one.tau.median)
        #expect(abs(other.mean.median / unit - one.mean.median) < 1e-6)
        #expect(
            abs(other.effects[0].summary.interval.upper / unit - one.effects[0].summary.interval.upper) < 1e-6)
    }

    /// Results are a function of the data, the seed and the name, and draws of effects are those of the summaries.
    @Test func reproducible() throws {
        let data = try Pananos2026Tests.data("control-outlier")
        let options = SamplingOptions(chains: 3, warmup: 200, draws: 101)
        let fit = try data.sampledPosterior(stream: Self.stream, options: options)
        #expect(try data.sampledPosterior(stream: Self.stream, options: options) == fit)
        let draws = try data.posteriorDraws(stream: Self.stream, options: options)
        let block = 3
        let effects = draws.effects(ofBlock: block)
        #expect(effects.count == 303 && draws.chainCount == 3 && draws.drawCount == 101)
        for (column, index) in draws.indices(ofBlock: block).enumerated() {
            let median = SampleQuantiles.quantile(0.5, of: effects.map { $0[column] })
            #expect(median == fit.effects[index].summary.median)
        }
        #expect(fit.chains.mean.map(\.count) == [101, 101, 101])
        #expect(fit.ranks.logTau.map { $0.reduce(0, +) } == [101, 101, 101])
        for bin in 0..<20 {
            let total = fit.ranks.mean.reduce(0) { $0 + $1[bin] }
            #expect(total == 15 || total == 16)
        }
        #expect(fit.pairs.mean.count == 303 && fit.pairs.divergent.count == 303)
        #expect(fit.sampler.stepSize.count == 3 && fit.sampler.leapfrogs > 303)
        let long = try data.sampledPosterior(
            stream: Self.stream, options: SamplingOptions(chains: 2, warmup: 200, draws: 999))
        #expect(long.chains.logTau.map(\.count) == [250, 250])
        #expect(long.pairs.mean.count <= 1000 && long.pairs.mean.count > 900)
    }

    /// Too short a run fails its diagnostics, and each finding names what to do.
    @Test func findings() throws {
        let data = try Self.schools()
        let short = try data.sampledPosterior(stream: Self.stream, options: SamplingOptions(warmup: 20, draws: 20))
        #expect(short.findings.contains { $0.contains("below 400") && $0.contains("times as many draws") })
        let alone = try data.sampledPosterior(stream: Self.stream, options: SamplingOptions(chains: 1))
        #expect(alone.mean.rHat == nil)
        #expect(alone.findings.first == "One chain cannot show that chains agree: R̂ needs two, better four.")
        let hasty = try data.sampledPosterior(
            stream: Self.stream,
            options: SamplingOptions(parameterisation: .nonCentred, warmup: 150, draws: 500, targetAcceptance: 0.4))
        #expect(hasty.sampler.divergences > 0)
        #expect(
            hasty.findings.contains {
                $0.contains("diverged") && $0.contains("raise the target acceptance from 0.4 to 0.99")
                    && $0.contains("integrated parameterisation")
            })
    }

    @Test func badInput() throws {
        let data = try Self.schools()
        func reject(_ options: SamplingOptions) {
            #expect {
                try data.sampledPosterior(stream: Self.stream, options: options)
            } throws: { error in
                guard case .invalidSampling(let rule)? = error as? EstimationError else { return false }
                return !rule.isEmpty
            }
        }
        reject(SamplingOptions(chains: 0))
        reject(SamplingOptions(warmup: -1))
        reject(SamplingOptions(draws: 3))
        reject(SamplingOptions(chains: 1000, draws: 1_000_000))
        reject(SamplingOptions(targetAcceptance: 1))
        reject(SamplingOptions(targetAcceptance: .nan))
        reject(SamplingOptions(parameterisation: .nonCentred, chains: 100, draws: 100_000))
        #expect(throws: EstimationError.invalidLevel(1)) { try data.sampledPosterior(stream: Self.stream, level: 1) }
        let flat = Prior(mean: .flat, heterogeneity: .flat)
        let one = try MetaAnalysisData(
            estimates: [EffectEstimate(experiment: "a", arm: "t", effect: 1, treatmentVariance: 1)])
        #expect(throws: EstimationError.improperPosterior(needed: 3, found: 1)) {
            try one.sampledPosterior(prior: flat, stream: Self.stream)
        }
        #expect(throws: EstimationError.tooFewEffects(needed: 2, found: 1)) {
            try one.sampledPosterior(stream: Self.stream)
        }
        // One effect under proper priors has a posterior.
        let proper = Prior(mean: .normal(mean: 0, standardDeviation: 1), heterogeneity: .halfNormal(scale: 1))
        try agree(one, proper, .sharedControl, .integrated)
    }
}
