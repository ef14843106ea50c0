import Estimation
import Probability
import Testing

@Suite struct ProxyDiagnosticsTests {
    /// For one proxy F = M_SS/(J′ω̂_SS), so μ² = J′(F − 1); κ of the over-identification test is LIML's. Tolerance 1e-9.
    @Test func strengthAndOverIdentification() throws {
        let effects = try TreatmentEffects(of: UnitLevelTests.moments())
        let one = try ProxyModel(effects, outcome: "y", proxies: ["s1"])
        let strength = try one.strength()
        #expect(strength.degreesOfFreedom == Double(effects.count - 1))
        #expect(abs(strength.concentration - strength.degreesOfFreedom * (strength.fStatistic - 1)) < 1e-9)
        let two = try ProxyModel(effects, outcome: "y", proxies: ["s1", "s2"])
        let test = try two.overIdentification()
        #expect(try two.estimate(.liml).kappa == test.statistic)
        #expect(test.degreesOfFreedom == Double(effects.count - 3))
        let chi = ChiSquared(degreesOfFreedom: test.degreesOfFreedom)
        #expect(test.pValue == chi.upperTail(test.statistic))
    }

    @Test func everyEstimatorIsDescribed() {
        let names = EstimatorDescription.all.map { "\($0.family.rawValue) \($0.name)" }
        #expect(Set(names).count == names.count)
        for estimator in CovarianceEstimator.allCases {
            #expect(EstimatorDescription.named(estimator.rawValue, in: .covariance) != nil)
        }
        for estimator in [ProxyEstimator.naive, .tc, .jive, .tsls, .liml, .fuller(1), .kClass(1), .hliml, .hfuller(1)] {
            #expect(EstimatorDescription.named(estimator.name, in: .proxies) != nil)
        }
        for name in HeterogeneityEstimator.allCases.map(\.rawValue) + ["bayes"] {
            #expect(EstimatorDescription.named(name, in: .metaAnalysis) != nil)
        }
        for scale in EffectScale.allCases {
            #expect(EstimatorDescription.named(scale.rawValue, in: .effects) != nil)
        }
    }
}
