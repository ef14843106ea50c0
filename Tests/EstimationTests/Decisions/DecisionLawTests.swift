import Estimation
import LinearAlgebra
import Probability
import Testing

/// Closed forms against what they are the means of.
@Suite struct DecisionLawTests {
    static let programmes = [
        Programme(designs: [(1, 1), (1, 0.3), (1, 4)]),
        Programme(designs: [(1, 1), (2, 0.5), (3, 1), (2, 3)]),
        Programme(designs: [(2, 1), (3, 0.5)], multipliers: [1.1, 0.9, 1]),
    ]

    /// Simulation under the law: the truth, the naive estimator and cross-validation each have the mean that the closed
    /// form says, within five Monte Carlo errors.
    @Test(arguments: programmes.indices) func meansOfSimulation(index: Int) throws {
        let programme = Self.programmes[index]
        let folds = 3
        let one = try DecisionModel(try programme.draw(1).effects.doubled(), reward: "y", rules: programme.rules)
        let expected = try one.closedForms(programme.law, folds: folds)
        let (effects, truth) = try programme.draw(4000)
        let model = try DecisionModel(effects, reward: "y", rules: programme.rules)
        let naive = model.naive()
        let source = try MomentFolds(
            effects, folds: folds, repeats: 1, stream: RandomStream(seed: 2, identifier: "folds"))
        let crossed = try model.crossValidation(source)
        // The truth of what the naive decision ships: decide on the estimates, score on the true effects.
        for (number, rule) in programme.rules.enumerated() {
            var truths: [Double] = []
            for k in 0..<effects.experimentCount {
                truths.append(Self.choice(rule, k, effects).map { truth[$0][0] } ?? 0)
            }
            let form = expected[number]
            #expect(Average(truths).agrees(with: form.expected), "\(rule.name) truth \(Average(truths)) \(form)")
            #expect(
                Average(naive[number].rewards).agrees(with: form.naive),
                "\(rule.name) naive \(Average(naive[number].rewards)) \(form)")
            #expect(
                Average(crossed[number].rewards).agrees(with: form.crossValidation),
                "\(rule.name) crossed \(Average(crossed[number].rewards)) \(form)")
            #expect(
                Average(naive[number].shipped).agrees(with: form.shipped),
                "\(rule.name) shipped \(Average(naive[number].shipped)) \(form)")
            // The simulation can tell the three apart where they differ much.
            if rule.name == "reward" { #expect(!Average(naive[number].rewards).agrees(with: form.expected)) }
        }
    }

    /// A decision written again from its definition.
    private static func choice(_ rule: DecisionRule, _ experiment: Int, _ effects: TreatmentEffects) -> Int? {
        if rule.isNever { return nil }
        let eligible = effects.effects(of: experiment).filter { j in
            let score = dot(rule.weights, effects.value(j))
            let error = effects.covariance(j, j).quadraticForm(rule.weights, rule.weights).squareRoot()
            return (rule.threshold.map { score > $0 * error } ?? true) && (rule.minimum.map { score > $0 } ?? true)
        }
        return eligible.max { dot(rule.weights, effects.value($0)) < dot(rule.weights, effects.value($1)) }
    }

    /// The best of two by its own metric, always shipped. With θ² the variance of the difference of the two scores, the
    /// observed score of the larger has mean m + θφ(0) and its true part m + 2Λφ(0)/θ (C. E. Clark, Operations Research
    /// 9(2), 1961). Tolerance 1e-10.
    @Test func bestOfTwoIsClarks() throws {
        let programme = Programme(designs: [(2, 1)])
        let effects = try programme.draw(2).effects
        let rule = DecisionRule(name: "always", weights: [0, 1])
        let form = try DecisionModel(effects, reward: "s", rules: [rule]).closedForms(programme.law, folds: 5)[0]
        func theta(_ factor: Double) -> Double { (2 * (0.05 + factor * 0.06)).squareRoot() }
        let density = Normal.standard.density(0)
        #expect(abs(form.naive - (0.1 + theta(1) * density)) < 1e-10)
        #expect(abs(form.expected - (0.1 + 2 * 0.05 * density / theta(1))) < 1e-10)
        #expect(abs(form.crossValidation - (0.1 + 2 * 0.05 * density / theta(1.25))) < 1e-10)
        #expect(abs(form.shipped - 1) < 1e-10)
    }

    /// One arm: μ = (0.05, 0.1), Λ = [[0.04, 0.03], [0.03, 0.05]], V = [[0.13, 0.05], [0.05, 0.1]], shipped where
    /// τ̂_s > √0.1: computed by mpmath 1.3's two-dimensional quadrature of the joint density at 18 digits. Tolerance 1e-12.
    @Test func oneArmIsTheIntegral() throws {
        let programme = Programme(designs: [(1, 1)])
        let effects = try programme.draw(2).effects
        let rule = DecisionRule(name: "s", weights: [0, 1], threshold: 1)
        let form = try DecisionModel(effects, reward: "y", rules: [rule]).closedForms(programme.law, folds: 5)[0]
        #expect(abs(form.expected - 0.0408584783381626) < 1e-12)
        #expect(abs(form.naive - 0.0849292288488855) < 1e-12)
        #expect(abs(form.crossValidation - 0.0374199734106553) < 1e-12)
        #expect(abs(form.shipped - 0.288320560634577) < 1e-12)
    }

    /// Where the mean is zero and the rule looks at the reward itself, naive over true is 1 + V/Λ at any threshold.
    @Test func gridOfTheRewardItself() throws {
        let programme = Programme(designs: [(1, 1)])
        let law = DecisionLaw(mean: [0, 0], covariance: programme.law.covariance)
        let model = try DecisionModel(try programme.draw(2).effects, reward: "y", rules: programme.rules)
        let points = model.grid(
            programme.rules[0], law, folds: 5, signalToNoise: [0.5, 1, 2], thresholds: [0, 1.645, 3])
        #expect(points.count == 9)
        for point in points {
            let ratio = point.closedForm.naive / point.closedForm.expected
            #expect(abs(ratio - 1 - 1 / (point.signalToNoise * point.signalToNoise)) < 1e-10)
        }
        let never = DecisionRule(name: "never", weights: [1, 0], isNever: true)
        #expect(model.grid(never, law, folds: 5, signalToNoise: [1], thresholds: [0]).isEmpty)
    }

    @Test func noVarianceAtAll() throws {
        let zero = Matrix(rows: 1, columns: 1)
        let estimates = ["a", "b"].flatMap { experiment in
            ["1", "2"].map { EffectEstimate(experiment: experiment, arm: $0, effect: [1], own: zero) }
        }
        let effects = try TreatmentEffects(metrics: ["y"], estimates: estimates)
        let model = try DecisionModel(
            effects, reward: "y", rules: [DecisionRule(name: "y", weights: [1], threshold: 2)])
        #expect(throws: EstimationError.zeroNoise(experiment: "a", arm: "1")) {
            try model.closedForms(DecisionLaw(mean: [1], covariance: zero), folds: 5)
        }
        let single = try TreatmentEffects(metrics: ["y"], estimates: [estimates[0], estimates[2]])
        let one = try DecisionModel(single, reward: "y", rules: [DecisionRule(name: "y", weights: [1], threshold: 2)])
        let form = try one.closedForms(DecisionLaw(mean: [1], covariance: zero), folds: 5)[0]
        #expect(form.expected == 1 && form.naive == 1 && form.crossValidation == 1 && form.shipped == 1)
    }
}

extension TreatmentEffects {
    /// Every experiment twice, under another name, so that there are at least two.
    func doubled() throws -> TreatmentEffects {
        let estimates = ["", "again "].flatMap { prefix in
            (0..<count).map { j in
                EffectEstimate(
                    experiment: prefix + experiments[experimentIndices[j]], arm: arms[j], effect: value(j),
                    own: ownCovariance(j), control: sharedCovariance(experimentIndices[j]),
                    multiplier: (0..<order).map { multiplier(j, $0) })
            }
        }
        return try TreatmentEffects(metrics: metrics, estimates: estimates)
    }
}
