import Estimation
import Probability
import Testing

/// C. Röver, "Bayesian Random-Effects Meta-Analysis Using the bayesmeta R Package", Journal of Statistical Software
/// 93(6), 2020: Rubin's eight schools. Numbers printed by bayesmeta, four decimals; tolerance half of the last.
@Suite struct Rover2020Tests {
    static let effects = [28.39, 7.94, -2.75, 6.82, -0.64, 0.63, 18.01, 12.16]
    static let errors = [14.9, 10.2, 16.3, 11.0, 9.4, 11.4, 10.4, 17.6]

    static func data() throws -> MetaAnalysisData {
        let estimates = zip(Self.effects, Self.errors).enumerated().map { school, pair in
            EffectEstimate(
                experiment: "\(school)", arm: "coached", effect: pair.0, treatmentVariance: pair.1 * pair.1)
        }
        return try MetaAnalysisData(estimates: estimates)
    }

    @Test func eightSchools() throws {
        let fit = try Self.data().posterior(
            prior: Prior(mean: .normal(mean: 0, standardDeviation: 50), heterogeneity: .halfCauchy(scale: 25)),
            stream: RandomStream(seed: 1, identifier: "test"))
        #expect(abs(fit.mean.median - 7.9635) < 5e-5)
        #expect(abs(try #require(fit.mean.mean) - 7.9860) < 5e-5)
        #expect(abs(try #require(fit.mean.standardDeviation) - 4.9956) < 5e-5)
        #expect(abs(fit.tau.median - 4.7585) < 5e-5)
        #expect(abs(try #require(fit.tau.mean) - 5.8845) < 5e-5)
        #expect(abs(try #require(fit.tau.standardDeviation) - 4.8699) < 5e-5)
    }
}
