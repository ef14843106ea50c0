import Estimation
import LinearAlgebra
import Probability
import Testing

/// The jackknife by subtraction against estimating anew from moments without the experiment; tolerance 1e-10.
@Suite struct JackknifeTests {
    static func moments(without left: Int?) throws -> ArmMoments {
        let all = try UnitLevelTests.moments()
        var moments = try ArmMoments(metrics: all.metrics)
        for k in 0..<all.experimentCount where k != left {
            let arms = all.arms(of: k).map { all.arm($0) }
            try moments.append(
                experiment: all.experiments[k], control: arms[0], treatments: Array(arms.dropFirst()))
        }
        return moments
    }

    @Test(arguments: [ProxyEstimator.naive, .tc, .jive, .tsls, .liml, .fuller(4), .hliml, .hfuller(1)], [true, false])
    func equalsBruteForce(estimator: ProxyEstimator, intercept: Bool) throws {
        func model(_ left: Int?) throws -> ProxyModel {
            try ProxyModel(
                TreatmentEffects(of: Self.moments(without: left), scale: .standardised), outcome: "y",
                proxies: ["s1", "s2"], intercept: intercept)
        }
        let full = try model(nil)
        let estimate = try full.estimate(estimator)
        let jackknife = try #require(estimate.jackknife)
        let count = full.effects.experimentCount
        let brute = try (0..<count).map { try model($0).estimate(estimator).coefficients }
        let fast = full.leaveOneOutEstimates([estimator]).rows.map { $0[0] }
        for k in 0..<count {
            let left = try #require(fast[k])
            for (a, b) in zip(left, brute[k]) { #expect(abs(a - b) < 1e-10 * max(1, abs(b))) }
        }
        for index in 0..<2 {
            let column = brute.map { $0[index] }
            let factor = Double((count - 1) * (count - 1)) / Double(count)
            let error = (factor * SampleMoments.variance(column)).squareRoot()
            #expect(abs(jackknife.standardErrors[index] - error) < 1e-10 * max(1, error))
            let multiple = StudentT(degreesOfFreedom: Double(count - 1)).quantile(0.975)
            #expect(abs(jackknife.intervals[index].upper - estimate.coefficients[index] - multiple * error) < 1e-8)
        }
        #expect(jackknife.degreesOfFreedom == Double(count - 1))
    }
}
