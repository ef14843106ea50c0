import Estimation
import LinearAlgebra
import Probability
import Testing

/// Folds drawn from moments and folds of units.
@Suite struct FoldTests {
    private let stream = RandomStream(seed: 3, identifier: "folds")

    @Test func averageOfFoldsIsTheEffect() throws {
        let effects = try Programme(designs: [(1, 1), (3, 2)], multipliers: [1.2, 1, 0.8]).draw(3).effects
        let source = try MomentFolds(effects, folds: 4, repeats: 2, stream: stream)
        for number in 0..<2 {
            let splits = source.splits(number)
            #expect(splits.count == 4)
            for index in effects.values.indices {
                let mean = splits.map { $0.scoring.values[index] }.reduce(0, +) / 4
                #expect(abs(mean - effects.values[index]) < 1e-13)
                for split in splits {
                    // 4τ̂ is the sum of all folds, of which three decide.
                    let both = (3 * split.deciding.values[index] + split.scoring.values[index]) / 4
                    #expect(abs(both - effects.values[index]) < 1e-13)
                }
            }
            for j in 0..<effects.count {
                let (full, part) = (effects.covariance(j, j), splits[0].deciding.covariance(j, j))
                for (a, b) in zip(full.elements, part.elements) { #expect(abs(b - a * 4 / 3) < 1e-13) }
            }
        }
    }

    /// Given τ̂, fold deviations have covariance (K1[f=g] − 1)V_jl, so with τ̂'s own V the folds are independent, arms'
    /// shared noise included. Within five Monte Carlo errors.
    @Test func foldsAreIndependent() throws {
        let effects = try Programme(designs: [(2, 1)], multipliers: [1.2, 0.9]).draw(1).effects
        let folds = 3
        let repeats = 4000
        let source = try MomentFolds(effects, folds: folds, repeats: repeats, stream: stream)
        var deviations: [[[Double]]] = []
        for number in 0..<repeats {
            deviations.append(
                source.splits(number).map { split in zip(split.scoring.values, effects.values).map { $0 - $1 } })
        }
        for (f, g) in [(0, 0), (0, 1), (1, 2)] {
            for (j, l) in [(0, 0), (0, 1), (1, 1)] {
                let covariance = effects.covariance(j, l)
                for (a, b) in [(0, 0), (0, 1), (1, 1)] {
                    let products = deviations.map { $0[f][2 * j + a] * $0[g][2 * l + b] }
                    let expected = (f == g ? Double(folds) - 1 : -1) * covariance[a, b]
                    #expect(Average(products).agrees(with: expected), "\(f)\(g) \(j)\(l) \(a)\(b)")
                }
            }
        }
    }

    /// Units of one experiment after another, in two metrics, and what cross-validation makes of them in both ways.
    private func unitLevel(
        experiments: Int, units: Int, folds: Int, rules: [DecisionRule], repeats: Int = 1
    ) throws -> (units: [DecisionRewards], moments: [DecisionRewards], full: TreatmentEffects, source: UnitFolds) {
        let random = RandomStream(seed: 5, identifier: "units")
        var position = 0
        func normal() -> Double {
            position += 1
            return random.normal(position)
        }
        var moments = try ArmMoments(metrics: ["y", "s"])
        var rows: [[[Double]]] = []
        for k in 0..<experiments {
            var arms: [Arm] = []
            for arm in 0..<(k % 3 == 0 ? 3 : 2) {
                let s = arm == 0 ? 0 : 0.1 + 0.2 * normal()
                let y = arm == 0 ? 0 : 0.5 * s + 0.1 * normal()
                var accumulator = MomentAccumulator(metrics: 2)
                var own: [[Double]] = []
                for _ in 0..<units {
                    let (a, b) = (normal(), normal())
                    own.append([y + a, s + 0.6 * a + 0.8 * b])
                    accumulator.add([y + a, s + 0.6 * a + 0.8 * b])
                }
                rows.append(own)
                arms.append(try #require(accumulator.arm(named: "\(arm)")))
            }
            try moments.append(experiment: "\(k)", control: arms[0], treatments: Array(arms.dropFirst()))
        }
        let effects = try TreatmentEffects(of: moments)
        var source = try UnitFolds(arms: effects, folds: folds, repeats: repeats, stream: stream)
        for (slot, own) in rows.enumerated() { for unit in own { source.add(unit, slot: slot) } }
        let model = try DecisionModel(effects, reward: "y", rules: rules)
        return (
            try model.crossValidation(source),
            try model.crossValidation(MomentFolds(effects, folds: folds, repeats: repeats, stream: stream)), effects,
            source
        )
    }

    /// Folds of units and folds drawn from their moments earn the same in mean and in mean square: the paired difference
    /// is within five Monte Carlo errors of zero. Units are normal, so only Ω̂ for Ω stands between them.
    @Test func unitsAndMomentsAgree() throws {
        let rules = [
            DecisionRule(name: "y", weights: [1, 0], threshold: 1),
            DecisionRule(name: "s", weights: [0, 1], minimum: 0.1),
        ]
        let (units, moments, _, _) = try unitLevel(experiments: 1500, units: 60, folds: 3, rules: rules)
        for (a, b) in zip(units, moments) {
            #expect(Average(a.less(b).rewards).agrees(with: 0), "\(Average(a.less(b).rewards))")
            #expect(Average(a.less(b).shipped).agrees(with: 0), "\(Average(a.less(b).shipped))")
            let squares = zip(a.rewards, b.rewards).map { $0 * $0 - $1 * $1 }
            #expect(Average(squares).agrees(with: 0), "\(Average(squares))")
            #expect(Average(a.rewards).mean > 10 * Average(squares).error)
        }
    }

    @Test func unitsAreDealtEvenly() throws {
        let (_, _, effects, source) = try unitLevel(
            experiments: 4, units: 20, folds: 4, rules: [DecisionRule(name: "y", weights: [1, 0])], repeats: 2)
        for number in 0..<2 {
            let splits = try source.splits(number)
            for index in effects.values.indices {
                let mean = splits.map { $0.scoring.values[index] }.reduce(0, +) / 4
                #expect(abs(mean - effects.values[index]) < 1e-12)
            }
            for split in splits {
                #expect(split.deciding.counts?.treatment.allSatisfy { $0 == 15 } == true)
                #expect(split.scoring.counts?.control.allSatisfy { $0 == 5 } == true)
            }
        }
        #expect(try source.splits(0)[0].scoring.values != source.splits(1)[0].scoring.values)
    }

    @Test func tooManyFolds() throws {
        let expected = EstimationError.tooManyFolds(folds: 5, experiment: "0", arm: "control", count: 8)
        #expect(throws: expected) {
            _ = try unitLevel(
                experiments: 3, units: 8, folds: 5, rules: [DecisionRule(name: "y", weights: [1, 0])])
        }
        let effects = try TreatmentEffects(of: UnitLevelTests.moments())
        #expect(throws: EstimationError.self) {
            _ = try MomentFolds(effects, folds: 1000, repeats: 1, stream: stream)
        }
    }

    @Test func tooFewFolds() throws {
        let effects = try TreatmentEffects(of: UnitLevelTests.moments())
        #expect(throws: EstimationError.tooFewFolds(folds: 1, repeats: 1)) {
            _ = try MomentFolds(effects, folds: 1, repeats: 1, stream: stream)
        }
        #expect(throws: EstimationError.tooFewFolds(folds: 2, repeats: 0)) {
            _ = try UnitFolds(arms: effects, folds: 2, repeats: 0, stream: stream)
        }
    }

    @Test func noiseThatIsNoCovariance() throws {
        let bad = EffectEstimate(
            experiment: "a", arm: "1", effect: [1, 1], own: Matrix([[1, 1.2], [1.2, 1]]))
        let effects = try TreatmentEffects(metrics: ["y", "s"], estimates: [bad])
        #expect(throws: EstimationError.noiseNotSemidefinite(experiment: "a", arm: "1")) {
            _ = try MomentFolds(effects, folds: 2, repeats: 1, stream: stream)
        }
    }

    /// A metric without noise, or a perfect multiple of another, is drawn all the same.
    @Test func singularNoise() throws {
        let estimate = EffectEstimate(
            experiment: "a", arm: "1", effect: [1, 2, 3],
            own: Matrix([[1, 2, 0], [2, 4, 0], [0, 0, 0]]))
        let effects = try TreatmentEffects(metrics: ["a", "b", "c"], estimates: [estimate])
        for split in try MomentFolds(effects, folds: 2, repeats: 1, stream: stream).splits(0) {
            let values = split.scoring.values
            #expect(abs(2 * (values[0] - 1) - (values[1] - 2)) < 1e-12)
            #expect(values[2] == 3)
        }
    }
}
