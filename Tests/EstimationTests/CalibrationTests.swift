import Probability
import Testing

@testable import Estimation

/// Simulation-based calibration (Talts et al., arXiv 1804.06788) under μ ~ Normal(0, 1), τ ~ half-normal(1).
@Suite struct CalibrationTests {
    static func results(_ estimators: [HierarchicalEstimator], draws: Int) throws -> HierarchicalResults {
        let design = try HierarchicalSimulationTests.design(
            variants: .listed([5, 3, 1]), mean: .drawn(.normal(mean: 0, standardDeviation: 1)),
            tau: .drawn(.halfNormal(scale: 1)), experiments: 6)
        return try HierarchicalSimulationTests.study([design], estimators, draws: draws, seed: 1).results()
    }

    /// The exact posterior's probabilities are uniform (p > .01 for μ, τ and a θ); those of the same posterior with the
    /// shared control ignored are not (p < 1e-6 for μ). Fixed seed, 2,000 data sets in 20 bins.
    @Test func exactPosteriorsAreCalibratedAndIgnoringIsCaught() throws {
        let rows = try Self.results([.init(.bayes), .init(.bayes, .ignore)], draws: 2000).calibration(bins: 20)
        #expect(rows.count == 6)
        for row in rows {
            #expect(row.draws == 2000 && row.expected == 100 && row.degreesOfFreedom == 19)
            if row.estimator.correlation == .sharedControl { #expect(row.pValue > 0.01, "\(row)") }
        }
        let mean = try #require(rows.first { $0.estimator.correlation == .ignore && $0.parameter == .mean })
        #expect(mean.pValue < 1e-6)
        // Too sure: the outer bins hold too many.
        #expect(mean.counts[0] > 130 && mean.counts[19] > 130)
    }

    /// Ranks among draws of the No-U-Turn sampler, thinned to independence, are uniform (p > .01 for μ, τ and a θ), and its
    /// estimates are the exact posterior's within 6 Monte Carlo standard errors of 1,000 draws at the least.
    @Test func sampledPosteriorsAreCalibrated() throws {
        let results = try Self.results([.init(.nuts), .init(.bayes)], draws: 300)
        let rows = try results.calibration(bins: 10)
        #expect(rows.count == 6 && rows.map(\.estimator.name) == ["nuts", "nuts", "nuts", "bayes", "bayes", "bayes"])
        for row in rows { #expect(row.draws == 300 && row.pValue > 0.01, "\(row)") }
        let found = results.rows()
        for (sampled, exact) in zip(found.prefix(3), found.suffix(3)) {
            let (a, b) = (try #require(sampled.summary), try #require(exact.summary))
            // Each of 300 estimates is off by less than sd/√250 of a posterior, whose sd is near that of the errors.
            let limit = 6 * b.standardDeviation / (250.0 * 300).squareRoot()
            #expect(abs(a.bias - b.bias) < limit && abs(a.standardDeviation - b.standardDeviation) < 4 * limit)
            let rates = try [sampled, exact].map { try #require($0.coverage.first?.rate) }
            #expect(abs(rates[0] - rates[1]) < 0.03)
        }
    }

    /// χ² and p by hand: counts 12, 8, 10, 10 have χ² = 0.8 on 3 degrees of freedom, p = .849467 (R's pchisq); 1e-6.
    @Test func chiSquared() {
        let row = CalibrationRow(cell: 0, estimator: .init(.bayes), parameter: .mean, counts: [12, 8, 10, 10])
        #expect(row.expected == 10 && abs(row.chiSquared - 0.8) < 1e-12 && abs(row.pValue - 0.849467) < 1e-5)
    }

    /// The distribution function of τ inverts its quantiles; tolerance 1e-9.
    @Test(arguments: [HeterogeneityPrior.halfNormal(scale: 1), .halfCauchy(scale: 1), .uniform(upper: 2)])
    func distributionOfTau(prior: HeterogeneityPrior) throws {
        let blocks = try NoiseBlocks(
            try Pananos2026Tests.data("many-variants"), .sharedControl, stream: RandomStream(seed: 1, identifier: ""))
        var model = try PosteriorModel(blocks, level: 0.95, threshold: 0)
        let distribution = try model.summaries(
            Prior(mean: .normal(mean: 0, standardDeviation: 1), heterogeneity: prior)
        ).distribution
        for p in [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999] {
            #expect(abs(distribution.cumulative(distribution.quantile(p)) - p) < 1e-9)
        }
        #expect(distribution.cumulative(0) == 0 && distribution.cumulative(1e9) > 1 - 1e-9)
    }

    @Test func tooFewDrawsForTheBinsAreRefused() throws {
        let results = try Self.results([.init(.bayes)], draws: 20)
        #expect(throws: EstimationError.self) { try results.calibration(bins: 20) }
        #expect(throws: EstimationError.self) { try results.calibration(bins: 1) }
        #expect(try Self.results([.init(.point(.reml))], draws: 20).calibration(bins: 4).isEmpty)
    }
}
