import Estimation
import Probability
import Testing

/// Posteriors by mpmath in 40 digits (Fixtures/posterior-mpmath.py): every prior of τ under a normal and a flat prior of
/// μ, for eight effects alone and for seven that share controls. Tolerance: 1e-8 of each number, for places and intervals
/// 1e-8 of the posterior's spread where that is larger, for probabilities 1e-11 where that is larger.
@Suite struct QuadratureTests {
    struct Reference: Decodable {
        struct Row: Decodable {
            let data: String
            let tauPrior: String
            let meanPrior: String
            let mu: Summary
            /// Absent from data of many effects.
            let tau: Summary?
            let new: Summary
            let theta: [Summary]
            let logTauZero: Double?
            let logMeanZero: Double?
        }
        struct Summary: Decodable {
            let index: Int?
            let median: Double
            let mean: Double?
            let sd: Double?
            let interval: [Double]
            let shortest: [Double]
            let aboveZero: Double?
            let above: Double
        }
        struct Columns: Decodable {
            let effects: [Double]
            let own: [Double]
            let control: [Double]
            let experiments: [Int]

            func data() throws -> MetaAnalysisData {
                let estimates = effects.indices.map { j in
                    EffectEstimate(
                        experiment: "\(experiments[j])", arm: "\(j)", effect: effects[j], treatmentVariance: own[j],
                        controlVariance: control[experiments[j]])
                }
                return try MetaAnalysisData(estimates: estimates)
            }
        }
        let rows: [Row]
        let data: [String: Columns]
    }

    /// The fixture's data, thresholds and priors of μ.
    static func data(_ name: String) throws -> (
        data: MetaAnalysisData, mean: MeanPrior, scale: Double, threshold: Double
    ) {
        if name == "schools" {
            return (try Rover2020Tests.data(), .normal(mean: 0, standardDeviation: 50), 25, 5)
        }
        let columns = Reference.Columns(
            effects: [0.9, 0.4, 1.7, -0.2, 0.1, 0.8, 1.1], own: [0.16, 0.09, 0.25, 0.04, 0.12, 0.3, 0.2],
            control: [0.2, 0.05, 0.4], experiments: [0, 0, 0, 1, 1, 2, 2])
        return (try columns.data(), .normal(mean: 0.25, standardDeviation: 1.5), 0.75, 0.5)
    }

    static func law(_ name: String, scale: Double) throws -> HeterogeneityPrior {
        let laws: [String: HeterogeneityPrior] = [
            "half-cauchy": .halfCauchy(scale: scale), "half-normal": .halfNormal(scale: scale),
            "half-t": .halfT(degreesOfFreedom: 4, scale: scale), "uniform": .uniform(upper: scale),
            "exponential": .exponential(rate: 1 / scale), "flat": .flat,
        ]
        return try #require(laws[name])
    }

    static let reference = Result { try FixtureFiles.decode(Reference.self, "posterior-mpmath.json") }

    @Test(arguments: 0..<24)
    func everyPrior(number: Int) throws {
        let row = try Self.reference.get().rows[number]
        let (data, normal, scale, threshold) = try Self.data(row.data)
        let prior = Prior(
            mean: row.meanPrior == "flat" ? .flat : normal, heterogeneity: try Self.law(row.tauPrior, scale: scale))
        let fit = try data.posterior(
            prior: prior, stream: RandomStream(seed: 1, identifier: "test"), threshold: threshold)
        let name = "\(row.data), \(row.tauPrior), \(row.meanPrior)"
        Self.compare(fit.mean, row.mu, "μ: \(name)")
        Self.compare(fit.tau, try #require(row.tau), "τ: \(name)")
        Self.compare(fit.newEffect, row.new, "new: \(name)")
        for theta in row.theta {
            let index = try #require(theta.index)
            Self.compare(fit.effects[index].summary, theta, "θ\(index): \(name)")
        }
        #expect((fit.tauZero == nil) == (row.logTauZero == nil) && (fit.meanZero == nil) == (row.logMeanZero == nil))
        if let log = row.logTauZero, let found = fit.tauZero { #expect(abs(found.log - log) < 1e-8, "\(name)") }
        if let log = row.logMeanZero, let found = fit.meanZero { #expect(abs(found.log - log) < 1e-8, "\(name)") }
    }

    /// 150 effects, enough for few nodes each: once well away from τ = 0, once beside it; the largest effect among them.
    @Test(arguments: ["many", "many-near-zero"])
    func manyEffects(name: String) throws {
        let reference = try Self.reference.get()
        let data = try #require(reference.data[name]).data()
        let row = try #require(reference.rows.first { $0.data == name })
        let prior = Prior(
            mean: .normal(mean: 0.1, standardDeviation: 2), heterogeneity: .halfCauchy(scale: 1))
        let fit = try data.posterior(prior: prior, stream: RandomStream(seed: 1, identifier: "test"), threshold: 0.5)
        Self.compare(fit.mean, row.mu, "μ: \(name)")
        Self.compare(fit.newEffect, row.new, "new: \(name)")
        #expect(row.theta.count == 5)
        for theta in row.theta {
            let index = try #require(theta.index)
            Self.compare(fit.effects[index].summary, theta, "θ\(index): \(name)")
        }
        #expect(abs(try #require(fit.tauZero).log - (try #require(row.logTauZero))) < 1e-8)
        #expect(abs(try #require(fit.meanZero).log - (try #require(row.logMeanZero))) < 1e-8)
    }

    static func compare(_ found: PosteriorSummary, _ expected: Reference.Summary, _ name: String) {
        let spread = (expected.interval[1] - expected.interval[0]) / 4
        func near(_ found: Double, _ expected: Double, _ what: String) {
            #expect(abs(found - expected) <= 1e-8 * max(spread, abs(expected)), "\(what) of \(name)")
        }
        near(found.median, expected.median, "median")
        #expect((found.mean == nil) == (expected.mean == nil), "mean of \(name)")
        #expect((found.standardDeviation == nil) == (expected.sd == nil), "standard deviation of \(name)")
        if let mean = expected.mean, let value = found.mean { near(value, mean, "mean") }
        if let deviation = expected.sd, let value = found.standardDeviation { near(value, deviation, "deviation") }
        near(found.interval.lower, expected.interval[0], "lower end")
        near(found.interval.upper, expected.interval[1], "upper end")
        near(found.shortestInterval.lower, expected.shortest[0], "shortest interval's lower end")
        near(found.shortestInterval.upper, expected.shortest[1], "shortest interval's upper end")
        #expect(abs(found.probabilityAbove - expected.above) <= 1e-8 * max(expected.above, 1e-3), "P(> x) of \(name)")
        if let above = expected.aboveZero {
            #expect(abs(found.probabilityAboveZero - above) <= 1e-8 * max(above, 1e-3), "P(> 0) of \(name)")
        }
    }
}
