import Estimation
import LinearAlgebra
import Probability
import Testing

/// Predictions, R², sign agreement and quality at a sample size against closed forms.
@Suite struct ProxyUseTests {
    let law = EffectLaw(
        mean: [0.1, 0.2, -0.1], covariance: Matrix([[1, 0.5, 0.2], [0.5, 2, 0.3], [0.2, 0.3, 0.8]]))

    /// With one proxy R² is the squared correlation.
    @Test func rSquaredOfOneProxyIsTheSquaredCorrelation() throws {
        let one = EffectLaw(mean: [0, 0], covariance: Matrix([[1, 0.5], [0.5, 2]]))
        #expect(abs(try #require(one.rSquared([0.25])) - 0.125) < 1e-15)
        // A multiple of the index explains as much; another index explains less than the best.
        #expect(abs(try #require(one.rSquared([-7])) - 0.125) < 1e-14)
        let best = try Cholesky(law.proxies).solve(law.cross)
        #expect(try #require(law.rSquared(best)) > (try #require(law.rSquared([1, 0]))))
        #expect(abs(law.residualVariance(best) - (1 - (try #require(law.rSquared(best))))) < 1e-14)
    }

    /// ½ + asin(ρ)/π where both means are 0; else integrated by mpmath 1.3 to 30 digits. Tolerance 1e-10.
    @Test func signAgreement() throws {
        let centred = try #require(SignAgreement.probability(varianceX: 4, varianceY: 9, covariance: 3))
        #expect(abs(centred - 2.0 / 3) < 1e-15)
        let shifted = try #require(
            SignAgreement.probability(meanX: 1, meanY: -0.5, varianceX: 4, varianceY: 1, covariance: 1.2))
        #expect(abs(shifted - Self.shiftedAgreement) < 1e-10)
        // Perfect correlation with means: signs differ where z is between −a and −b.
        let perfect = try #require(
            SignAgreement.probability(meanX: 1, meanY: -0.5, varianceX: 1, varianceY: 1, covariance: 1))
        let expected = 1 - (Normal.standard.cumulative(0.5) - Normal.standard.cumulative(-1))
        #expect(abs(perfect - expected) < 1e-12)
        #expect(SignAgreement.probability(varianceX: 0, varianceY: 1, covariance: 0) == nil)
    }

    static let shiftedAgreement = 0.566322414615913573866512783524

    /// For large n the weights are Λ_SS⁻¹Λ_SY and quality is √R²; for small n they point along Ω_SS⁻¹Λ_SY. No other
    /// weights do better.
    @Test func qualityAtBothEnds() throws {
        let units = Matrix([[30, 6, 2], [6, 50, -4], [2, -4, 20]])
        let beta = try Cholesky(law.proxies).solve(law.cross)
        let quality = try ProxyQuality(
            law, unitCovariance: units, coefficients: beta, sizes: [1e-6, 100, 1e12], estimator: "jive",
            proxies: ["a", "b"])
        let (small, middle, large) = (quality.rows[0], quality.rows[1], quality.rows[2])
        for (a, b) in zip(large.weights, beta) { #expect(abs(a - b) < 1e-9) }
        #expect(abs(large.quality - (try #require(law.rSquared(beta))).squareRoot()) < 1e-9)
        let limit = try Cholesky(Matrix([[50, -4], [-4, 20]])).solve(law.cross)
        #expect(abs(small.weights[0] / small.weights[1] - limit[0] / limit[1]) < 1e-6)
        for other in [beta, [1, 0], [0, 1], [1, -1]] {
            let observed = law.proxies + 0.02 * Matrix([[50, -4], [-4, 20]])
            let reached = dot(other, law.cross) / observed.quadraticForm(other, other).squareRoot()
            #expect(middle.quality >= reached - 1e-12)
        }
        #expect(abs(try #require(middle.single[0]) - 0.5 / 3.0.squareRoot()) < 1e-12)
        #expect(abs(try #require(middle.outcome) - (1 / 1.6).squareRoot()) < 1e-12)
    }

    @Test func sizesAreRound() {
        #expect(ProxyQuality.sizes(around: 1000) == [100, 200, 500, 1000, 2000, 5000, 10_000])
        #expect(ProxyQuality.sizes(around: 2).first == 2)
    }

    /// The three parts of a prediction's variance, by hand for one new experiment.
    @Test func predictionErrors() throws {
        let effects = try TreatmentEffects(of: UnitLevelTests.moments())
        let model = try ProxyModel(effects, outcome: "y", proxies: ["s1", "s2"])
        let estimate = try model.estimate(.jive)
        let new = try effects.selecting(metrics: ["s1", "s2"])
        let law = try model.effectLaw(.jive)
        let residual = law.residualVariance(estimate.coefficients)
        let jackknife = try #require(estimate.jackknife)
        let predictions = try ProxyPrediction.predictions(
            of: new, coefficients: estimate.coefficients, intercept: estimate.intercept, covariance: jackknife.joint,
            degreesOfFreedom: jackknife.degreesOfFreedom, level: 0.95, residualVariance: residual)
        #expect(predictions.count == effects.count)
        let first = predictions[0]
        let (b, v) = (estimate.coefficients, new.covariance(0, 0))
        #expect(abs(first.estimate - estimate.intercept - b[0] * new.value(0, 0) - b[1] * new.value(0, 1)) < 1e-12)
        let measured = b[0] * b[0] * v[0, 0] + 2 * b[0] * b[1] * v[0, 1] + b[1] * b[1] * v[1, 1]
        #expect(abs(first.measurementVariance - measured) < 1e-12)
        #expect(abs(first.residualVariance - residual) < 1e-15)
        let x = new.value(0) + [1]
        #expect(abs(first.coefficientVariance - jackknife.joint.quadraticForm(x, x)) < 1e-12)
        #expect(first.interval.contains(first.estimate))
        let signs = model.observedSigns(
            coefficients: estimate.coefficients, intercept: estimate.intercept)
        #expect(signs.arms == effects.count && signs.agreeing <= signs.arms)
    }

    /// The delta method's error of R² against leaving out each experiment in turn: equal to first order.
    @Test func errorOfRSquared() throws {
        let effects = try TreatmentEffects(of: UnitLevelTests.moments())
        let model = try ProxyModel(effects, outcome: "y", proxies: ["s1"])
        let beta = try model.estimate(.naive).coefficients
        let error = try #require(model.rSquaredError(.naive, coefficients: beta))
        let count = effects.experimentCount
        let left = try (0..<count).map { k in
            let part = try ProxyModel(
                TreatmentEffects(of: JackknifeTests.moments(without: k)), outcome: "y", proxies: ["s1"])
            return try #require(try part.effectLaw(.naive).rSquared(part.estimate(.naive).coefficients))
        }
        let factor = Double((count - 1) * (count - 1)) / Double(count)
        let jackknife = (factor * SampleMoments.variance(left)).squareRoot()
        #expect(abs(error / jackknife - 1) < 0.35)
    }
}
