import Estimation
import LinearAlgebra
import Testing

@Suite struct ProxyInfluenceTests {
    /// Rows are the estimates of data sets without one experiment. Tolerance 1e-9.
    @Test(arguments: [ProxyEstimator.tc, .jive, .liml, .tsls])
    func rowsAreEstimatesWithoutOneExperiment(estimator: ProxyEstimator) throws {
        let moments = try UnitLevelTests.moments()
        let model = try ProxyErrorsTests.model(intercept: true)
        let influence = try model.influence(estimator)
        #expect(influence.rows.map(\.experiment) == moments.experiments)
        let full = try model.estimate(estimator)
        let errors = try #require(full.jackknife).standardErrors
        for (k, row) in influence.rows.enumerated() {
            var rest = try ArmMoments(metrics: moments.metrics)
            for other in 0..<moments.experimentCount where other != k {
                let arms = moments.arms(of: other).map(moments.arm)
                try rest.append(
                    experiment: moments.experiments[other], control: arms[0], treatments: Array(arms.dropFirst()))
            }
            let expected = try ProxyModel(TreatmentEffects(of: rest), outcome: "y", proxies: ["s1", "s2"])
                .estimate(estimator)
            let coefficients = try #require(row.coefficients)
            let changes = try #require(row.changes)
            for j in 0..<2 {
                #expect(abs(coefficients[j] - expected.coefficients[j]) < 1e-9)
                #expect(abs(changes[j] - (expected.coefficients[j] - full.coefficients[j]) / errors[j]) < 1e-6)
            }
            #expect(abs(try #require(row.intercept) - expected.intercept) < 1e-9)
        }
        let sizes = try influence.ranking.map { try #require(influence.rows[$0].largestChange) }
        #expect(sizes == sizes.sorted(by: >))
        #expect(influence.ranking.sorted() == Array(influence.rows.indices))
        // Kish's number by hand.
        let effects = model.effects
        let weights = try (0..<effects.count).map { try #require(effects.effectiveCount($0)) }
        let sum = weights.reduce(0, +)
        #expect(abs(influence.effectiveArms - sum * sum / weights.map { $0 * $0 }.reduce(0, +)) < 1e-9)
    }

    /// With equal weights the effective number of arms is their number; an outlier is ranked first.
    @Test func anOutlierComesFirst() throws {
        var moments = try ArmMoments(metrics: ["y", "s"])
        for k in 0..<10 {
            let noise = Matrix.identity(2)
            let s = Double(k % 5) - 2
            try moments.append(
                experiment: "e\(k)", control: Arm(name: "c", count: 1000, mean: [0, 0], covariance: noise),
                treatments: [Arm(name: "t", count: 1000, mean: [k == 4 ? -4 : s, s], covariance: noise)])
        }
        let model = try ProxyModel(TreatmentEffects(of: moments), outcome: "y", proxies: ["s"], weights: .equal)
        let influence = try model.influence(.jive)
        #expect(influence.rows[try #require(influence.ranking.first)].experiment == "e4")
        #expect(abs(influence.effectiveArms - 10) < 1e-12)
    }

    /// Sanderson and Windmeijer's F from unit-level regressions (script in `AndersonRubinTests.swift`). Tolerance 1e-8.
    @Test(arguments: [false, true])
    func conditionalFEqualsUnitLevel(intercept: Bool) throws {
        let model = try ProxyErrorsTests.model(intercept: intercept)
        let detail = try model.strengthDetail()
        let expected = try ProxyErrorsTests.numbers("conditional F \(UnitLevelTests.flag(intercept))")
        for (a, b) in zip(detail.conditionalF, expected) { #expect(abs(a - b) < 1e-8) }
        let strength = try model.strength()
        #expect(abs(detail.weakestF - strength.fStatistic) < 1e-10)
        #expect(detail.degreesOfFreedom == strength.degreesOfFreedom - 1)
        #expect(abs(dot(detail.weakestDirection, detail.weakestDirection) - 1) < 1e-12)
        // No combination is weaker, so no conditional F is by its own degrees of freedom.
        for f in detail.conditionalF {
            #expect(f * detail.degreesOfFreedom >= detail.weakestF * strength.degreesOfFreedom - 1e-9)
        }
    }

    @Test func oneProxyHasTheOrdinaryF() throws {
        let model = try ProxyModel(TreatmentEffects(of: UnitLevelTests.moments()), outcome: "y", proxies: ["s2"])
        let (detail, strength) = (try model.strengthDetail(), try model.strength())
        #expect(abs(detail.conditionalF[0] - strength.fStatistic) < 1e-10)
        #expect(detail.weakestDirection == [1])
    }

    /// Two proxies that are moved together: each is strong alone, both are weak beside the other, and the weakest
    /// direction is their difference in units of their standard deviations.
    @Test func proxiesMovedTogether() throws {
        var moments = try ArmMoments(metrics: ["y", "a", "b"])
        for k in 0..<20 {
            let noise = Matrix.diagonal([1, 1, 100])
            let x = Double(k % 5) - 2
            let y = k % 2 == 0 ? 0.02 : -0.02
            try moments.append(
                experiment: "\(k)", control: Arm(name: "c", count: 1000, mean: [0, 0, 0], covariance: noise),
                treatments: [Arm(name: "t", count: 1000, mean: [x, x + y, 10 * (x - y)], covariance: noise)])
        }
        let effects = try TreatmentEffects(of: moments)
        let detail = try ProxyModel(effects, outcome: "y", proxies: ["a", "b"]).strengthDetail()
        #expect(try ProxyModel(effects, outcome: "y", proxies: ["a"]).strength().fStatistic > 100)
        for f in detail.conditionalF { #expect(f < 5) }
        #expect(abs(detail.weakestDirection[0] - 0.5.squareRoot()) < 0.01)
        #expect(abs(detail.weakestDirection[1] + 0.5.squareRoot()) < 0.01)
    }

    /// numpy's quantiles of the ratios (script in `AndersonRubinTests.swift`). Relative tolerance 1e-9.
    @Test func noiseBalance() throws {
        let balance = try TreatmentEffects(of: UnitLevelTests.moments()).noiseBalance()
        func compare(_ spread: NoiseBalance.Spread?, _ key: String) throws {
            let spread = try #require(spread)
            let found = [
                spread.minimum, spread.lowerQuartile, spread.median, spread.upperQuartile, spread.maximum,
            ]
            for (a, b) in zip(found, try ProxyErrorsTests.numbers(key)) { #expect(abs(a / b - 1) < 1e-9) }
        }
        for (spread, metric) in zip(balance.varianceRatios, balance.metrics) {
            try compare(spread, "variance ratio \(metric)")
        }
        try compare(balance.sizeRatios, "size ratio")
        #expect(balance.sizeRatios.count == balance.varianceRatios[0]?.count)
        let given = try TreatmentEffects(
            metrics: ["y"],
            estimates: [EffectEstimate(experiment: "e", arm: "t", effect: 1, treatmentVariance: 1)])
        #expect(throws: EstimationError.needsCounts(estimator: "The comparison of arms' noise")) {
            try given.noiseBalance()
        }
        var still = try ArmMoments(metrics: ["y"])
        let arm = Arm(name: "c", count: 4, mean: [0], covariance: Matrix(rows: 1, columns: 1))
        try still.append(experiment: "e", control: arm, treatments: [arm])
        #expect(try TreatmentEffects(of: still).noiseBalance().varianceRatios == [nil])
    }
}
