import Estimation
import LinearAlgebra
import Probability
import Testing

/// Decisions and rewards by hand.
@Suite struct DecisionRuleTests {
    private func effects() throws -> TreatmentEffects {
        let rows: [(String, String, [Double])] = [
            ("a", "1", [1, 3]), ("a", "2", [2, 1]), ("b", "1", [-1, 2.5]), ("c", "1", [0.5, 0.2]), ("c", "2", [4, -1]),
            ("d", "1", [3, 1.9]),
        ]
        return try TreatmentEffects(
            metrics: ["y", "s"],
            estimates: rows.map {
                EffectEstimate(
                    experiment: $0.0, arm: $0.1, effect: $0.2, own: Matrix([[0.5, 0], [0, 0.75]]),
                    control: Matrix([[0.5, 0], [0, 0.25]]))
            })
    }

    /// Standard errors are 1 on both metrics. By hand: `s` above 1.96 ships a1 (3) and b1 (2.5), rewards 1 and −1; the index
    /// y + s has standard error √2, so above 2√2 ships a1 (4 > 3), c2 (3) and d1 (4.9), rewards 1, 4, 3; `point` above 1.5
    /// ships a2, c2, d1.
    @Test func choices() throws {
        let rules = [
            DecisionRule(name: "s", weights: [0, 1], threshold: 1.96),
            DecisionRule(name: "index", weights: [1, 1], threshold: 2),
            DecisionRule(name: "point", weights: [1, 0], minimum: 1.5),
            DecisionRule(name: "both", weights: [1, 0], threshold: 1, minimum: 2.5),
            DecisionRule(name: "always", weights: [1, 0]),
            DecisionRule(name: "never", weights: [1, 0], isNever: true),
            DecisionRule(name: "fall", weights: [-1, 0], minimum: 0),
        ]
        let made = try DecisionModel(effects(), reward: "y", rules: rules).naive()
        #expect(
            made.map(\.rewards) == [
                [1, -1, 0, 0], [1, 0, 4, 3], [2, 0, 4, 3], [0, 0, 4, 3], [2, -1, 4, 3], [0, 0, 0, 0], [0, -1, 0, 0],
            ])
        #expect(made.map(\.shippedShare) == [0.5, 0.75, 0.75, 0.5, 1, 0, 0.25])
    }

    /// Rewards 1, 0, 4, 3: mean 2, s² = 10/3, so the standard error is √(10/12) and the interval 2 ± 3.182446 × 0.912871
    /// (t of 3 degrees of freedom, R 4.3 `qt(0.975, 3)` = 3.182446305). Tolerance 1e-6.
    @Test func meanAndSum() throws {
        let rules = [
            DecisionRule(name: "index", weights: [1, 1], threshold: 2),
            DecisionRule(name: "s", weights: [0, 1], threshold: 1.96),
        ]
        let made = try DecisionModel(effects(), reward: "y", rules: rules).naive()
        let mean = try made[0].perExperiment(level: 0.95)
        #expect(mean.estimate == 2)
        #expect(abs(mean.standardError - 0.9128709) < 1e-6)
        #expect(abs(mean.interval.lower - (2 - 3.182446305 * 0.9128709292)) < 1e-6)
        let sum = mean.times(4)
        #expect(sum.estimate == 8)
        #expect(abs(sum.standardError - 4 * 0.9128709) < 1e-6)
        // Paired: 0, 1, 4, 3, whose s² is 10/3 again.
        let difference = try made[0].less(made[1]).perExperiment(level: 0.95)
        #expect(difference.estimate == 2)
        #expect(abs(difference.standardError - 0.9128709) < 1e-6)
    }

    @Test func badInput() throws {
        let effects = try effects()
        let rule = DecisionRule(name: "s", weights: [0, 1], threshold: 1.96)
        #expect(throws: EstimationError.unknownMetric("z", known: ["y", "s"])) {
            try DecisionModel(effects, reward: "z", rules: [rule])
        }
        #expect(throws: EstimationError.self) {
            try DecisionModel(effects, reward: "y", rules: [DecisionRule(name: "s", weights: [1])])
        }
        let one = try TreatmentEffects(
            metrics: ["y", "s"],
            estimates: [EffectEstimate(experiment: "a", arm: "1", effect: [1, 1], own: Matrix([[1, 0], [0, 1]]))])
        #expect(throws: EstimationError.tooFewExperiments(needed: 2, found: 1)) {
            try DecisionModel(one, reward: "y", rules: [rule])
        }
        #expect(throws: EstimationError.invalidLevel(1)) {
            try DecisionModel(effects, reward: "y", rules: [rule]).naive()[0].perExperiment(level: 1)
        }
    }

    /// Splits depend on seed and identifier alone: the same twice, other ones under another seed; and repeats settle.
    @Test func repeatable() throws {
        let effects = try effects()
        let model = try DecisionModel(
            effects, reward: "y", rules: [DecisionRule(name: "s", weights: [0, 1], threshold: 1.96)])
        func run(_ seed: UInt64, _ repeats: Int) throws -> [Double] {
            let stream = RandomStream(seed: seed, identifier: "x")
            return try model.crossValidation(MomentFolds(effects, folds: 5, repeats: repeats, stream: stream))[0]
                .rewards
        }
        #expect(try run(1, 20) == run(1, 20))
        #expect(try run(1, 20) != run(2, 20))
        let (first, second) = (try run(1, 4000), try run(2, 4000))
        for (a, b) in zip(first, second) { #expect(abs(a - b) < 0.15) }
    }
}
