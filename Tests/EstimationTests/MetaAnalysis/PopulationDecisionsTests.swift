import Probability
import Testing

@testable import Estimation

/// Decisions under laws with heavier tails and from draws, and input at the edges.
@Suite struct PopulationDecisionsTests {
    let stream = RandomStream(seed: 1, identifier: "heavy")

    struct Shipping: Decodable {
        let experiment: Int
        let best: [Double]
        let bestAmongAll: [Double]
        let greatest: Double
    }

    struct Fixture: Decodable { let shipping: [Shipping] }

    /// heavy_tails.py's enumeration of ties and dense quadrature under the spike law that is given: 1e-6.
    @Test func spikes() throws {
        let fixture = try FixtureFiles.decode(HeavyTailsTests.Fixture.self, "heavy-tails.json")
        let data = try fixture.data
        let law = fixture.spikeFixed
        let (weights, sds) = (try #require(law.weights), try #require(law.sds))
        let fit = PopulationFit(
            population: .spikeNormal(
                spike: weights[0],
                components: zip(sds, weights).dropFirst().map {
                    PopulationComponent(standardDeviation: $0, weight: $1)
                }), correlation: .sharedControl, metric: data.metric, level: 0.95, threshold: 0, experimentCount: 12,
            effectCount: data.count, logLikelihood: 0, comparison: [], effects: [])
        let found = try data.decisions(under: fit, stream: stream)
        for expected in try FixtureFiles.decode(Fixture.self, "heavy-tails.json").shipping {
            let decision = found.experiments[expected.experiment]
            #expect(decision.variants.count == expected.best.count)
            #expect(abs(decision.controlLoss - expected.greatest) < 1e-6)
            for (i, variant) in decision.variants.enumerated() {
                #expect(abs(variant.probabilityBest - expected.best[i]) < 1e-6)
                #expect(abs(variant.probabilityBestAmongAll - expected.bestAmongAll[i]) < 1e-6)
                #expect(abs(variant.expectedLoss - (expected.greatest - variant.shrunken)) < 1e-6)
            }
        }
        for (j, variant) in found.experiments.flatMap(\.variants).enumerated() {
            #expect(abs(variant.shrunken - law.means[j]) < 1e-7)
        }
    }

    /// Four draws, counted by hand.
    @Test func draws() throws {
        let data = try MetaAnalysisData(
            estimates: [("a", 3.0), ("b", 0.5)].map {
                EffectEstimate(experiment: "1", arm: $0.0, effect: $0.1, treatmentVariance: 1, controlVariance: 1)
            })
        let found = try data.decisions(draws: [[1, 2], [3, -1], [-2, -1], [0, -4]], stream: stream)
        let variants = found.experiments[0].variants
        #expect(variants.map(\.probabilityBest) == [0.5, 0.5] && variants.map(\.isBest) == [true, false])
        #expect(variants.map(\.probabilityBestAmongAll) == [0.25, 0.25])
        #expect(found.experiments[0].controlLoss == 1.25 && found.experiments[0].controlProbabilityBest == 0.5)
        #expect(variants.map(\.shrunken) == [0.5, -1] && variants.map(\.expectedLoss) == [0.75, 2.25])
        // 3 > 1.96√2 > 0.5: one winner, whose raw effect is six times its shrunken one.
        #expect(found.winners.count == 1 && found.winners.exaggeration == 6 && found.winners.expectedTrueSum == 0.5)
        #expect(throws: EstimationError.wrongDraws(expected: 2, found: 1)) {
            try data.decisions(draws: [[1]], stream: stream)
        }
        #expect(throws: EstimationError.wrongDraws(expected: 2, found: 0)) {
            try data.decisions(draws: [], stream: stream)
        }
    }

    /// Equal effects, one effect, and scales from 2⁻¹⁰⁰ to 2¹⁰⁰ (spike-normal 2⁻⁴⁰⁰ to 2⁴⁰⁰): right answers, by symmetry or
    /// equivariance, or a kind error.
    @Test(arguments: PopulationLaw.allCases)
    func edges(law: PopulationLaw) throws {
        func data(_ effects: [Double], scale: Double = 1) throws -> MetaAnalysisData {
            try MetaAnalysisData(
                estimates: effects.enumerated().map {
                    EffectEstimate(
                        experiment: "\($0 / 2)", arm: "\($0)", effect: $1 * scale,
                        treatmentVariance: scale * scale * (1 + Double($0 % 3)), controlVariance: scale * scale)
                })
        }
        if law == .spikeNormal {
            let one = try data([3]).population(law, stream: stream)
            #expect(one.effects.count == 1 && one.comparison.map(\.law) == [.spikeNormal])
            #expect(one.effects[0].mean > 0 && one.effects[0].mean < 3)
        } else {
            #expect(throws: EstimationError.tooFewEffects(needed: 2, found: 1)) {
                try data([3]).population(law, stream: stream)
            }
        }
        let zeros = try data([0, 0, 0, 0]).population(law, stream: stream)
        #expect(zeros.effects.allSatisfy { abs($0.mean) < 1e-9 && $0.interval.lower <= 0 && $0.interval.upper >= 0 })
        let equal = try data([5, 5, 5, 5]).population(law, stream: stream)
        if law != .spikeNormal { #expect(equal.effects.allSatisfy { abs($0.mean - 5) < 1e-9 }) }
        let decisions = try data([0, 0, 0, 0]).decisions(under: zeros, stream: stream)
        #expect(abs(decisions.experiments[0].variants.map(\.probabilityBest).reduce(0, +) - 1) < 1e-9)
        let effects = [0.3, -1, 2, 12, 0.5, 1, -0.4, 0.2]
        let fit = try data(effects).population(law, stream: stream)
        for exponent in law == .spikeNormal ? [-400, 400] : [-100, 100] {
            let factor = Double(sign: .plus, exponent: exponent, significand: 1)
            let scaled = try data(effects, scale: factor).population(law, stream: stream)
            for (one, other) in zip(fit.effects, scaled.effects) {
                #expect(abs(one.mean - other.mean / factor) < 1e-5)
                #expect(abs(one.interval.upper - other.interval.upper / factor) < 1e-5)
            }
            let decision = try data(effects, scale: factor).decisions(under: scaled, stream: stream)
            let total = decision.experiments[1].variants.map(\.probabilityBest).reduce(0, +)
            #expect(abs(total - 1) < 1e-6)
        }
    }

    @Test func messages() {
        #expect(EstimationError.wrongDraws(expected: 2, found: 1).message.hasPrefix("Every draw"))
        #expect(EstimationError.wrongDraws(expected: 2, found: 1).detail == "1 instead of 2")
    }
}
