import Estimation
import LinearAlgebra
import Testing

/// Standard errors from formulas against the same estimators computed by numpy and scipy from units or by loops over
/// arms; the script is at the end of `AndersonRubinTests.swift`. Relative tolerance 1e-7 of the largest element.
@Suite struct ProxyErrorsTests {
    static func numbers(_ key: String) throws -> [Double] {
        try #require(try FixtureFiles.decode([String: [Double]].self, "inference.json")[key], "\(key)")
    }

    static func model(_ weights: EffectWeights = .precision, intercept: Bool) throws -> ProxyModel {
        try ProxyModel(
            TreatmentEffects(of: UnitLevelTests.moments()), outcome: "y", proxies: ["s1", "s2"], weights: weights,
            intercept: intercept)
    }

    /// The covariance of (β̂, α̂) as far as the result tells it.
    static func compare(_ errors: WaldUncertainty, _ expected: [Double], intercept: Bool) {
        let size = intercept ? 3 : 2
        let tolerance = 1e-7 * (expected.map(\.magnitude).max() ?? 0)
        for i in 0..<2 {
            for j in 0..<2 { #expect(abs(errors.covariance[i, j] - expected[i * size + j]) < tolerance) }
            #expect(abs(errors.standardErrors[i] - expected[i * size + i].squareRoot()) < tolerance.squareRoot())
        }
        #expect((errors.interceptStandardError != nil) == intercept)
        #expect((errors.interceptInterval != nil) == intercept)
        if let error = errors.interceptStandardError { #expect(abs(error * error - expected[8]) < tolerance) }
    }

    /// Hansen, Hausman and Newey's Σ̂_B at unit level, with fixed effects of experiments.
    @Test(arguments: [ProxyEstimator.liml, .fuller(1)], [true, false])
    func bekkerEqualsTheUnitLevelFormula(estimator: ProxyEstimator, intercept: Bool) throws {
        let model = try Self.model(intercept: intercept)
        let errors = try #require(try model.bekkerErrors(estimator))
        let expected = try Self.numbers("bekker \(estimator.name) \(UnitLevelTests.flag(intercept))")
        Self.compare(errors, expected, intercept: intercept)
        #expect(errors.degreesOfFreedom == nil)
        let half = (errors.intervals[0].upper - errors.intervals[0].lower) / 2
        #expect(abs(half / errors.standardErrors[0] - 1.959963984540054) < 1e-9)
    }

    @Test(arguments: [ProxyEstimator.naive, .tc, .jive], [true, false])
    func sandwichEqualsLoopsOverArms(estimator: ProxyEstimator, intercept: Bool) throws {
        for weights in EffectWeights.allCases {
            let errors = try #require(try Self.model(weights, intercept: intercept).sandwichErrors(estimator))
            let key = "sandwich \(estimator.name) \(weights.rawValue) \(UnitLevelTests.flag(intercept))"
            Self.compare(errors, try Self.numbers(key), intercept: intercept)
            #expect(errors.degreesOfFreedom == (intercept ? 11 : 12))
        }
    }

    /// A metric in other units multiplies its coefficient, and nothing else.
    @Test func errorsFollowUnitsOfMetrics() throws {
        let moments = try UnitLevelTests.moments()
        let factors = [1000, 1, 1e-3]
        var scaled = try ArmMoments(metrics: moments.metrics)
        for k in 0..<moments.experimentCount {
            let arms = moments.arms(of: k).map { index in
                var arm = moments.arm(index)
                for i in factors.indices {
                    arm.mean[i] *= factors[i]
                    for j in factors.indices { arm.covariance[i, j] *= factors[i] * factors[j] }
                }
                return arm
            }
            try scaled.append(experiment: moments.experiments[k], control: arms[0], treatments: Array(arms.dropFirst()))
        }
        let model = try ProxyModel(TreatmentEffects(of: scaled), outcome: "y", proxies: ["s1", "s2"])
        let plain = try Self.model(intercept: true)
        for (found, known) in [
            (try model.bekkerErrors(.liml), try plain.bekkerErrors(.liml)),
            (try model.sandwichErrors(.tc), try plain.sandwichErrors(.tc)),
        ] {
            let (found, known) = (try #require(found), try #require(known))
            #expect(abs(found.standardErrors[0] / known.standardErrors[0] / 1000 - 1) < 1e-8)
            #expect(abs(found.standardErrors[1] / known.standardErrors[1] / 1e6 - 1) < 1e-8)
            #expect(
                abs(try #require(found.interceptStandardError) / #require(known.interceptStandardError) / 1000 - 1)
                    < 1e-8)
        }
    }

    /// Each formula is for its estimators, and needs more experiments than coefficients.
    @Test func whereThereIsNoFormula() throws {
        let model = try Self.model(intercept: true)
        #expect(try model.bekkerErrors(.tsls) == nil)
        #expect(try model.bekkerErrors(.jive) == nil)
        #expect(try model.sandwichErrors(.liml) == nil)
        #expect(throws: EstimationError.invalidLevel(1)) { try model.bekkerErrors(.liml, level: 1) }
        #expect(throws: EstimationError.invalidLevel(0)) { try model.sandwichErrors(.tc, level: 0) }
        let moments = try UnitLevelTests.moments()
        var few = try ArmMoments(metrics: moments.metrics)
        for k in 1...2 {
            let arms = moments.arms(of: k).map(moments.arm)
            try few.append(experiment: moments.experiments[k], control: arms[0], treatments: Array(arms.dropFirst()))
        }
        let small = try ProxyModel(TreatmentEffects(of: few), outcome: "y", proxies: ["s1"])
        #expect(try small.sandwichErrors(.naive) == nil)
    }
}
