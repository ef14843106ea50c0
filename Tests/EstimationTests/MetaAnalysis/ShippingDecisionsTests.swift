import Estimation
import Probability
import Testing

/// Which variant is best, against mvtnorm's exact multivariate normals and a brute-force program.
@Suite struct ShippingDecisionsTests {
    struct Outcome: Decodable {
        let best: [Double]
        let bestAmongAll: [Double]
        let means: [Double]?
        let greatest: Double
    }

    struct Fixture: Decodable {
        let experiment: [Int]
        let effect: [Double]
        let own: [Double]
        let control: [Double]
        let ratio: [Double]
        let sharedControl: [Outcome]
        let ignore: [Outcome]
        let relative: [Outcome]

        func data(relative: Bool) throws -> MetaAnalysisData {
            try MetaAnalysisData(
                estimates: effect.indices.map {
                    EffectEstimate(
                        experiment: "\(experiment[$0])", arm: "\($0)", effect: effect[$0], treatmentVariance: own[$0],
                        controlVariance: control[experiment[$0] - 1], multiplier: relative ? ratio[$0] : nil)
                })
        }
    }

    let stream = RandomStream(seed: 1, identifier: "shipping")
    let prior = Prior(
        mean: .normal(mean: 0.1, standardDeviation: 1), heterogeneity: .halfNormal(scale: 0.6))

    private func check(_ found: ExperimentDecision, _ expected: Outcome, tolerance: Double) {
        for (i, variant) in found.variants.enumerated() {
            #expect(abs(variant.probabilityBest - expected.best[i]) < tolerance)
            #expect(abs(variant.probabilityBestAmongAll - expected.bestAmongAll[i]) < tolerance)
            if let means = expected.means {
                #expect(abs(variant.shrunken - means[i]) < tolerance)
                #expect(abs(variant.expectedLoss - (expected.greatest - means[i])) < tolerance)
            }
        }
        #expect(abs(found.controlLoss - expected.greatest) < tolerance)
        #expect(abs(found.controlProbabilityBest - (1 - expected.bestAmongAll.reduce(0, +))) < tolerance)
    }

    /// shipping.json (mvtnorm, TVPACK): 1e-7.
    @Test(arguments: ["shared-control", "ignore", "relative"])
    func exactMultivariateNormals(law: String) throws {
        let fixture = try FixtureFiles.decode(Fixture.self, "shipping.json")
        let expected =
            law == "ignore" ? fixture.ignore : law == "relative" ? fixture.relative : fixture.sharedControl
        let found = try fixture.data(relative: law == "relative").decisions(
            prior: prior, correlation: law == "ignore" ? .ignore : .sharedControl, stream: stream)
        #expect(found.experiments.map(\.experiment) == ["1", "2", "3", "4", "5"])
        for (found, expected) in zip(found.experiments, expected) { check(found, expected, tolerance: 1e-7) }
    }

    /// shipping-many.json (brute force over μ, the control's error and the best one's value), 26 variants: 1e-7.
    @Test func manyVariants() throws {
        let estimates = try FixtureFiles.rows("many-variants.csv").map { row in
            let variant = try #require(Double(row[1]))
            return EffectEstimate(
                experiment: row[0], arm: row[1], effect: try #require(Double(row[2])),
                treatmentVariance: try #require(Double(row[4])) * (row[0] == "1" ? 0.2 + 0.15 * (variant - 1) : 1),
                controlVariance: try #require(Double(row[5])))
        }
        let found = try MetaAnalysisData(estimates: estimates).decisions(
            prior: Prior(mean: .normal(mean: 0, standardDeviation: 1), heterogeneity: .halfNormal(scale: 1)),
            stream: stream)
        let first = try #require(found.experiments.first)
        #expect(first.variants.count == 26)
        check(first, try FixtureFiles.decode(Outcome.self, "shipping-many.json"), tolerance: 1e-7)
    }
}
