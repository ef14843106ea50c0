import Probability
import Testing

@testable import Estimation

/// Laws of true effects with heavier tails, against heavy_tails.py (dense quadrature, scipy's optimisers, plain EM).
@Suite struct HeavyTailsTests {
    struct Expected: Decodable {
        let logLikelihood: Double
        let means: [Double]
        let deviations: [Double]
        let above: [Double]
        let location: Double?
        let scale: Double?
        let degreesOfFreedom: Double?
        let weights: [Double]?
        let sds: [Double]?
        let grid: [Double]?
    }

    struct Fixture: Decodable {
        let experiment: [Int]
        let effect: [Double]
        let own: [Double]
        let control: [Double]
        let student: Expected
        let studentFixed: Expected
        let spread: [Double]
        let studentInside: Expected
        let spike: Expected
        let spikeFixed: Expected

        var data: MetaAnalysisData { get throws { try data(effect) } }

        func data(_ effects: [Double]) throws -> MetaAnalysisData {
            try MetaAnalysisData(
                estimates: effects.indices.map {
                    EffectEstimate(
                        experiment: "\(experiment[$0])", arm: "\($0)", effect: effects[$0],
                        treatmentVariance: own[$0], controlVariance: control[experiment[$0]])
                })
        }
    }

    let stream = RandomStream(seed: 1, identifier: "heavy")

    private func fixture() throws -> Fixture { try FixtureFiles.decode(Fixture.self, "heavy-tails.json") }

    private func check(_ effects: [AtomicMixture], _ expected: Expected, tolerance: Double) {
        #expect(effects.count == expected.means.count)
        for (i, effect) in effects.enumerated() {
            #expect(abs(effect.mean - expected.means[i]) < tolerance)
            #expect(abs(effect.standardDeviation - expected.deviations[i]) < tolerance)
            #expect(abs(effect.upperTail(0) - expected.above[i]) < tolerance)
        }
    }

    /// At laws that are given: log-likelihoods to 1e-8, posterior means, deviations and probabilities to 1e-7.
    @Test(arguments: [PopulationLaw.studentT, .spikeNormal])
    func givenLaws(law: PopulationLaw) throws {
        let fixture = try fixture()
        let data = try fixture.data
        let blocks = try NoiseBlocks(data, .sharedControl, stream: stream)
        let errors = blocks.indices.map(data.variance)
        let population: FittedPopulation
        let mixture: ScaleMixture
        let expected = law == .studentT ? fixture.studentFixed : fixture.spikeFixed
        let location: Double
        if law == .studentT {
            location = try #require(expected.location) - blocks.centre
            let (scale, nu) = (try #require(expected.scale), try #require(expected.degreesOfFreedom))
            mixture = StudentMixture(blocks, location: location, scale: scale, degrees: nu).law
            population = .studentT(location: location + blocks.centre, scale: scale, degreesOfFreedom: nu)
        } else {
            location = -blocks.centre
            let (weights, sds) = (try #require(expected.weights), try #require(expected.sds))
            mixture = ScaleMixture(location: location, weights: weights, variances: sds.map { $0 * $0 })
            population = .spikeNormal(
                spike: weights[0],
                components: zip(sds, weights).dropFirst().map {
                    PopulationComponent(standardDeviation: $0, weight: $1)
                })
        }
        let reference = try ScaleMixture.everyScale(blocks, errors, location: location)
        let likelihood = try MixtureLikelihood(blocks, reference: reference)
        #expect(abs(likelihood.value(mixture) - expected.logLikelihood) < 1e-8)
        let posterior = try PopulationPosterior(blocks, population, variances: errors)
        check((0..<blocks.blockCount).flatMap { posterior.effects(of: $0) }, expected, tolerance: 1e-7)
    }

    /// Student-t by maximum likelihood, ν at its bound and inside: log-likelihood to 1e-7, parameters, in which it is flat,
    /// to 1e-3 of themselves.
    @Test(arguments: [false, true])
    func student(inside: Bool) throws {
        let fixture = try fixture()
        let fit = try fixture.data(inside ? fixture.spread : fixture.effect).population(.studentT, stream: stream)
        let expected = inside ? fixture.studentInside : fixture.student
        #expect(fit.logLikelihood > expected.logLikelihood - 1e-7)
        #expect(fit.logLikelihood < expected.logLikelihood + 1e-6)
        guard case .studentT(let location, let scale, let degrees) = fit.population else {
            Issue.record("Not a Student-t")
            return
        }
        #expect(abs(location - (try #require(expected.location))) < 1e-4)
        #expect(abs(scale / (try #require(expected.scale)) - 1) < 1e-3)
        #expect(abs(degrees / (try #require(expected.degreesOfFreedom)) - 1) < 1e-3)
        for (effect, mean) in zip(fit.effects, expected.means) { #expect(abs(effect.mean - mean) < 1e-4) }
    }

    /// Spike and normals by maximum likelihood on ashr's grid: log-likelihood to 1e-6, posteriors to 1e-3 (the weights
    /// of neighbouring components are hardly told apart).
    @Test func spike() throws {
        let fixture = try fixture()
        let fit = try fixture.data.population(.spikeNormal, stream: stream)
        #expect(abs(fit.logLikelihood - fixture.spike.logLikelihood) < 1e-6)
        guard case .spikeNormal(let spike, let components) = fit.population else {
            Issue.record("Not a spike")
            return
        }
        let grid = try #require(fixture.spike.grid)
        for component in components {
            #expect(grid.contains { abs($0 - component.standardDeviation) < 1e-12 * component.standardDeviation })
        }
        #expect(abs(components.reduce(spike) { $0 + $1.weight } - 1) < 1e-12)
        for (effect, mean) in zip(fit.effects, fixture.spike.means) { #expect(abs(effect.mean - mean) < 1e-3) }
        for effect in fit.effects {
            #expect(effect.falseSignRate <= 0.5 + effect.probabilityZero)
            #expect(effect.interval.lower <= effect.median && effect.median <= effect.interval.upper)
        }
    }

    /// A true outlier is shrunken less by laws with heavier tails, and they fit better.
    @Test func outliersAreNotCrushed() throws {
        let data = try fixture().data
        let fits = try PopulationLaw.allCases.map { try data.population($0, stream: stream) }
        let outlier = try #require(data.effects.firstIndex(of: 5.2))
        let gaps = fits.map { abs($0.effects[outlier].mean - 5.2) }
        #expect(gaps[1] < gaps[0] && gaps[2] < gaps[0])
        #expect(fits[1].logLikelihood > fits[0].logLikelihood + 2)
        for fit in fits {
            #expect(fit.comparison == fits[0].comparison)
            #expect(fit.comparison.map(\.law) == PopulationLaw.allCases)
        }
        // Others are pooled more than the outlier lets the normal law do.
        #expect(fits[1].effects[0].standardDeviation < fits[0].effects[0].standardDeviation)
    }
}
