import Estimation
import Probability
import Testing

/// D. Pananos, "Musings About The Normal Normal Model", 2026-03-22: four scenarios, with and without the shared control.
///
/// `exact`: one-dimensional quadrature of the same posterior, good to 1e-5, met within 1e-4. `published`: medians and
/// standard deviations of 4,000 Stan draws, met within 0.03, about three of their Monte Carlo errors.
@Suite struct Pananos2026Tests {
    struct Reference: Decodable {
        struct Numbers: Decodable {
            let published: [Double]
            let exact: [Double]
        }
        let scenarios: [String: [String: Numbers]]
    }

    static func data(_ scenario: String) throws -> MetaAnalysisData {
        let estimates = try FixtureFiles.rows("\(scenario).csv").map { row in
            EffectEstimate(
                experiment: row[0], arm: row[1], effect: try #require(Double(row[2])),
                treatmentVariance: try #require(Double(row[4])), controlVariance: try #require(Double(row[5])))
        }
        return try MetaAnalysisData(estimates: estimates)
    }

    @Test(
        arguments: ["baseline", "many-variants", "control-outlier", "high-correlation"],
        [EffectCorrelation.sharedControl, .ignore])
    func posterior(scenario: String, correlation: EffectCorrelation) throws {
        let reference = try FixtureFiles.decode(Reference.self, "shared-control.json")
        let key = correlation == .ignore ? "naive" : "correlated"
        let numbers = try #require(reference.scenarios[scenario]?[key])
        let fit = try Self.data(scenario).posterior(
            correlation: correlation, stream: RandomStream(seed: 1, identifier: "test"))
        let found = [
            fit.mean.median, try #require(fit.mean.standardDeviation), fit.tau.median,
            try #require(fit.tau.standardDeviation),
        ]
        for (value, exact) in zip(found, numbers.exact) { #expect(abs(value - exact) < 1e-4) }
        for (value, published) in zip(found, numbers.published) { #expect(abs(value - published) < 0.03) }
    }
}
