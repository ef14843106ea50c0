import Probability
import Testing

@testable import Estimation

@Suite struct HierarchicalSimulationTests {
    /// One experiment of six arms beside seven of one.
    static func design(
        variants: DesignNumbers = .listed([6, 1]), mean: HierarchicalDesign.MeanLaw = .fixed(1),
        tau: HierarchicalDesign.TauLaw = .fixed(1), outlier: Double = 0, experiments: Int = 8
    ) throws -> HierarchicalDesign {
        try HierarchicalDesign(
            experiments: experiments, variants: variants, mean: mean, tau: tau, controlVariance: DesignNumbers(1),
            treatmentVariance: DesignNumbers(1), outlier: outlier)
    }

    static func study(
        _ designs: [HierarchicalDesign], _ estimators: [HierarchicalEstimator], draws: Int, prior: Prior? = nil,
        seed: UInt64 = 5
    ) throws -> HierarchicalStudy {
        try HierarchicalStudy(
            designs.enumerated().map { .init($1, name: "\($0)") }, estimators: estimators, draws: draws, prior: prior,
            seed: seed, identifier: "study")
    }

    typealias Reference = [String: [String: [String: [String: [Double]]]]]

    /// Bias, spread, error and coverage under the shared control and without it, with an outlying control and without,
    /// against an independent simulation (Fixtures/hierarchical-simulation.py: numpy's random numbers, dense matrices,
    /// grids of τ) within 5 of the two studies' Monte Carlo standard errors, and 0.002 for its grid of τ̂.
    @Test(arguments: ["plain", "outlier"]) func againstIndependentSimulation(scenario: String) throws {
        let expected = try #require(FixtureFiles.decode(Reference.self, "hierarchical-simulation.json")[scenario])
        let design = try Self.design(outlier: scenario == "outlier" ? 3 : 0)
        let wanted: [HierarchicalEstimator] = [
            .init(.point(.reml)), .init(.point(.reml), .ignore), .init(.bayes), .init(.bayes, .ignore),
        ]
        var compared = 0
        for row in try Self.study([design], wanted, draws: 1500).results().rows() {
            let name = row.estimator.name + (row.estimator.correlation == .ignore ? "-ignore" : "-shared")
            guard let numbers = expected[name]?[row.parameter.rawValue] else { continue }
            let summary = try #require(row.summary)
            #expect(row.failures == 0)
            let found = [
                "bias": summary.bias, "sd": summary.standardDeviation, "rmse": summary.rootMeanSquare,
                "coverage": try #require(row.coverage.first?.rate),
            ]
            for (key, value) in found {
                guard let number = numbers[key] else { continue }
                // 1,500 data sets here, 6,000 there.
                let error = number[1] * (1 + 6000.0 / 1500).squareRoot()
                #expect(
                    abs(value - number[0]) < 5 * error + 0.002, "\(name) \(row.parameter) \(key): \(value) \(number)")
                compared += 1
            }
        }
        #expect(compared == 4 * 8 + 2 * 2)
    }

    /// With one arm an experiment and equal noise, Knapp and Hartung's interval of μ is Student's of the plain mean,
    /// exact whatever τ is: 95% within 5 standard errors of a share, where the normal one falls short. Every point
    /// method gives its rows.
    @Test func knappHartungIsExactWithEqualNoise() throws {
        let design = try Self.design(variants: DesignNumbers(1), experiments: 5)
        let wanted = HeterogeneityEstimator.allCases.filter { $0 != .fixed }.map {
            HierarchicalEstimator(.point($0), test: .knappHartung)
        }
        let rows = try Self.study([design], wanted + [.init(.point(.reml))], draws: 3000).results().rows()
        for row in rows where row.parameter == .mean {
            let coverage = try #require(row.coverage.first)
            let rate = try #require(coverage.rate)
            if row.estimator.test == .z {
                #expect(coverage.name == "z" && rate < 0.93)
            } else {
                #expect(coverage.name == "knapp-hartung" && abs(rate - 0.95) < 5 * (0.95 * 0.05 / 3000).squareRoot())
            }
        }
        let names = rows.filter { $0.estimator.name == "ml" && $0.parameter == .tau }.flatMap(\.coverage).map(\.name)
        #expect(names == ["q-profile", "profile-likelihood"])
    }

    /// Moments of drawn effects on a design of ranges: mean μ, variance τ² + E s²_t + E s²_c, covariance E s²_c within an
    /// experiment and 0 between, within 5 Monte Carlo standard errors; the numbers of arms are as likely as each other.
    @Test func drawnEffectsHaveTheirLaw() throws {
        let design = try HierarchicalDesign(
            experiments: 2, variants: .uniform(2...4), mean: .drawn(.normal(mean: 1, standardDeviation: 0.5)),
            tau: .drawn(.halfNormal(scale: 0.8)), controlVariance: .uniform(0.5...1.5),
            treatmentVariance: .uniform(0.2...0.6))
        var (first, square, within, between): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        var sizes = [0, 0, 0]
        let stream = RandomStream(seed: 8, identifier: "law")
        for index in 0..<20_000 {
            var cursor = RandomCursor(stream, substream: index)
            let draw = try design.draw(&cursor)
            let split = draw.data.offsets[1]
            sizes[split - 2] += 1
            let gaps = draw.data.effects.map { $0 - 1 }
            first.append(gaps[0])
            square.append(gaps[0] * gaps[0])
            within.append(gaps[0] * gaps[1])
            between.append(gaps[0] * gaps[split])
        }
        func near(_ sample: [Double], _ expected: Double) -> Bool {
            let error = (SampleMoments.variance(sample) / Double(sample.count)).squareRoot()
            return abs(SampleMoments.mean(sample) - expected) < 5 * error
        }
        // μ's own variance is in all of them; E τ² = 0.8².
        #expect(near(first, 0) && near(square, 0.25 + 0.64 + 0.4 + 1))
        #expect(near(within, 0.25 + 1) && near(between, 0.25))
        for size in sizes { #expect(abs(Double(size) - 20_000 / 3) < 5 * (20_000 * 2 / 9.0).squareRoot()) }
    }

    /// Laws of τ by their quartiles, which are closed forms of Uniform quantiles; 20,000 draws, within 5 standard errors
    /// of a share of one half.
    @Test(arguments: [
        (HeterogeneityPrior.halfCauchy(scale: 2), 2.0), (.halfNormal(scale: 2), 2 * 0.674489750196082),
        (.halfT(degreesOfFreedom: 1, scale: 3), 3), (.uniform(upper: 4), 2),
        (.exponential(rate: 0.5), 2 * 0.693147180559945),
    ])
    func lawsOfTauHaveTheirMedian(law: HeterogeneityPrior, median: Double) {
        var cursor = RandomCursor(RandomStream(seed: 2, identifier: "tau"), substream: 0)
        let below = (0..<20_000).count { _ in law.draw(&cursor) < median }
        #expect(abs(below - 10_000) < 354)
    }

    /// The same bits however many cells, estimators and threads there are.
    @Test func cellsAndEstimatorsDoNotChangeEachOther() throws {
        let designs = try [Self.design(), Self.design(outlier: 2)]
        let all = try Self.study(designs, [.init(.point(.ml)), .init(.bayes, .onePerExperiment)], draws: 20)
        let one = try HierarchicalStudy(
            [.init(designs[1], name: "1")], estimators: [.init(.bayes, .onePerExperiment)], draws: 20, seed: 5,
            identifier: "study")
        let (many, alone) = (all.results().rows(), one.results().rows())
        #expect(many.count == 12 && alone.count == 3)
        #expect(many.suffix(3).map(\.summary) == alone.map(\.summary))
        #expect(many.suffix(3).map(\.coverage) == alone.map(\.coverage))
    }

    @Test func badDesignsAreRefused() throws {
        func part(_ make: () throws(EstimationError) -> HierarchicalDesign) -> SimulationDesign.Part? {
            do throws(EstimationError) { _ = try make() } catch {
                if case .invalidDesign(let part, let rule) = error { return rule.isEmpty ? nil : part }
            }
            return nil
        }
        func make(
            _ experiments: Int = 5, variants: DesignNumbers = DesignNumbers(2),
            mean: HierarchicalDesign.MeanLaw = .fixed(0),
            tau: HierarchicalDesign.TauLaw = .fixed(1), control: DesignNumbers = DesignNumbers(1),
            own: DesignNumbers = DesignNumbers(1), outlier: Double = 0
        ) throws(EstimationError) -> HierarchicalDesign {
            try HierarchicalDesign(
                experiments: experiments, variants: variants, mean: mean, tau: tau, controlVariance: control,
                treatmentVariance: own, outlier: outlier)
        }
        #expect(part { () throws(EstimationError) in try make(1) } == .experiments)
        #expect(part { () throws(EstimationError) in try make(variants: DesignNumbers(1.5)) } == .variants)
        #expect(part { () throws(EstimationError) in try make(variants: .listed([])) } == .variants)
        #expect(part { () throws(EstimationError) in try make(variants: .listed([1, 300_000])) } == .variants)
        #expect(part { () throws(EstimationError) in try make(mean: .fixed(.infinity)) } == .mu)
        #expect(part { () throws(EstimationError) in try make(mean: .drawn(.flat)) } == .mu)
        #expect(part { () throws(EstimationError) in try make(tau: .fixed(-1)) } == .tau)
        #expect(part { () throws(EstimationError) in try make(tau: .drawn(.flat)) } == .tau)
        #expect(part { () throws(EstimationError) in try make(control: DesignNumbers(-1)) } == .controlVariance)
        #expect(part { () throws(EstimationError) in try make(own: .uniform(0...1)) } == .treatmentVariance)
        #expect(part { () throws(EstimationError) in try make(outlier: .nan) } == .outlier)
        #expect(throws: EstimationError.self) { try make(tau: .drawn(.halfNormal(scale: -1))) }
        #expect(throws: EstimationError.self) { try Self.study([try make()], [], draws: 10) }
        #expect(throws: EstimationError.self) {
            try Self.study([try make()], [.init(.bayes), .init(.bayes)], draws: 10)
        }
        #expect(throws: EstimationError.self) { try Self.study([try make()], [.init(.bayes)], draws: 1) }
        #expect(throws: EstimationError.self) {
            try Self.study(Array(repeating: try make(), count: 200), [.init(.bayes)], draws: 100_000)
        }
        #expect(throws: EstimationError.dependentEffects(estimator: "sj")) {
            try Self.study([try make()], [.init(.point(.sj))], draws: 10)
        }
    }
}
