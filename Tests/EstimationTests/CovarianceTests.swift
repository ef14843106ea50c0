import Estimation
import LinearAlgebra
import Probability
import Testing

@Suite struct CovarianceTests {
    /// Two metrics whose noise exceeds their spread in one direction: Λ̂ is indefinite and its repair is not.
    static func indefinite() throws -> TreatmentEffects {
        let values: [[Double]] = [[1, -1], [-1.2, 1.3], [0.9, -0.7], [-0.6, 0.8], [0.1, -0.3]]
        let estimates = values.enumerated().map {
            EffectEstimate(experiment: "\($0)", arm: "t", effect: $1, own: Matrix([[0.3, 0.1], [0.1, 0.3]]))
        }
        return try TreatmentEffects(metrics: ["a", "b"], estimates: estimates)
    }

    @Test func indefiniteMatricesAreReportedAndRepaired() throws {
        let model = try CovarianceModel(Self.indefinite(), weights: .equal)
        let estimate = try model.estimate(.jive)
        #expect(!estimate.isPositiveSemidefinite)
        #expect(estimate.eigenvalues[0] < 0)
        let repaired = try #require(estimate.repaired)
        let eigen = try SymmetricEigen(repaired)
        #expect(eigen.values[0] > -1e-12 && eigen.values[1] > 0)
        // In the noise's metric the negative direction is set to 0 and the other is kept.
        let before = try GeneralisedEigen(estimate.covariance, estimate.noise)
        let after = try GeneralisedEigen(repaired, estimate.noise)
        #expect(abs(after.values[0]) < 1e-12 && abs(after.values[1] - before.values[1]) < 1e-12)
        let frequency = try #require(
            try model.indefiniteFrequency(.jive, draws: 200, stream: RandomStream(seed: 1, identifier: "t")))
        #expect(frequency > 0.5 && frequency <= 1)
        #expect(try model.estimate(.naive).isPositiveSemidefinite)
        #expect(try model.indefiniteFrequency(.naive, draws: 50, stream: RandomStream(seed: 1, identifier: "t")) == 0)
    }

    /// By hand, equal weights: effects 0, 1, 2, 3 with variances ½ have A/d = 5/3, and jive takes ½ off.
    @Test func oneMetricByHand() throws {
        let estimates = (0..<4).map {
            EffectEstimate(experiment: "\($0)", arm: "t", effect: Double($0), treatmentVariance: 0.5)
        }
        let model = try CovarianceModel(TreatmentEffects(metrics: ["y"], estimates: estimates), weights: .equal)
        #expect(abs(try model.estimate(.naive).covariance[0, 0] - 5.0 / 3) < 1e-14)
        #expect(abs(try model.estimate(.jive).covariance[0, 0] - (5.0 / 3 - 0.5)) < 1e-14)
        #expect(try model.estimate(.jive).mean == [1.5])
        let raw = try CovarianceModel(model.effects, weights: .equal, intercept: false)
        #expect(abs(try raw.estimate(.jive).covariance[0, 0] - 3) < 1e-14)
        #expect(try model.estimate(.jive).correlation(0, 0) == 1)
    }

    /// Units do not matter: metrics in other units give the same flags, correlations and, scaled, the same covariance.
    @Test func unitsDoNotMatter() throws {
        let moments = try UnitLevelTests.moments()
        var scaled = try ArmMoments(metrics: moments.metrics)
        let factors = [1e-6, 1, 1e7]
        for k in 0..<moments.experimentCount {
            let arms = moments.arms(of: k).map { index in
                var arm = moments.arm(index)
                arm.mean = zip(arm.mean, factors).map(*)
                arm.covariance = .diagonal(factors) * arm.covariance * .diagonal(factors)
                return arm
            }
            try scaled.append(experiment: "\(k)", control: arms[0], treatments: Array(arms.dropFirst()))
        }
        for estimator in [ProxyEstimator.naive, .tc, .jive, .tsls, .liml] {
            let plain = try ProxyModel(TreatmentEffects(of: moments), outcome: "y", proxies: ["s1", "s2"])
                .estimate(estimator)
            let other = try ProxyModel(TreatmentEffects(of: scaled), outcome: "y", proxies: ["s1", "s2"])
                .estimate(estimator)
            #expect(abs(other.coefficients[0] * 1e6 / plain.coefficients[0] - 1) < 1e-8)
            #expect(abs(other.coefficients[1] * 1e13 / plain.coefficients[1] - 1) < 1e-8)
            #expect(plain.isPositiveSemidefinite == other.isPositiveSemidefinite)
        }
    }
}
