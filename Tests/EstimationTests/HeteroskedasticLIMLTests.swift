import Estimation
import LinearAlgebra
import Testing

/// hliml and hfuller against their definition in dense matrices: M = Σ_k T_kᵀW_kT_k and its noise
/// N = Σ_k Σ_ij (W_k)_ij V_k,ij, both less the part of the mean; W_k by inverting diag(1/n_ki) + 11ᵀ/n_k0.
/// Tolerance 1e-9.
@Suite struct HeteroskedasticLIMLTests {
    private struct Dense {
        var scatter: Matrix
        var noise: Matrix
        var degrees: Double
    }

    private func dense(_ effects: TreatmentEffects, intercept: Bool) throws -> Dense {
        let counts = try #require(effects.counts)
        let order = effects.order
        var scatter = Matrix(rows: order, columns: order)
        var (noise, meanNoise) = (scatter, scatter)
        var sum = Array(repeating: 0.0, count: order)
        var precision = 0.0
        for k in 0..<effects.experimentCount {
            let arms = Array(effects.effects(of: k))
            var inverse = Matrix(rows: arms.count, columns: arms.count, repeating: 1 / Double(counts.control[k]))
            for (i, j) in arms.enumerated() { inverse[i, i] += 1 / Double(counts.treatment[j]) }
            let weights = try Cholesky(inverse).inverse
            let total = weights * Array(repeating: 1.0, count: arms.count)
            for (i, a) in arms.enumerated() {
                precision += total[i]
                for m in 0..<order { sum[m] += total[i] * effects.value(a, m) }
                for (l, b) in arms.enumerated() {
                    scatter = scatter + weights[i, l] * Matrix.outer(effects.value(a), effects.value(b))
                    noise = noise + weights[i, l] * effects.covariance(a, b)
                    meanNoise = meanNoise + (total[i] * total[l]) * effects.covariance(a, b)
                }
            }
        }
        guard intercept else { return Dense(scatter: scatter, noise: noise, degrees: Double(effects.count)) }
        return Dense(
            scatter: scatter - Matrix.outer(sum, sum) / precision, noise: noise - meanNoise / precision,
            degrees: Double(effects.count - 1))
    }

    /// The fixture's moments with every mean moved, so that ratios of means exist.
    private func far(from distance: Double) throws -> ArmMoments {
        let all = try UnitLevelTests.moments()
        var moments = try ArmMoments(metrics: all.metrics)
        for k in 0..<all.experimentCount {
            var arms = all.arms(of: k).map { all.arm($0) }
            for index in arms.indices { arms[index].mean = arms[index].mean.map { $0 + distance } }
            try moments.append(experiment: all.experiments[k], control: arms[0], treatments: Array(arms.dropFirst()))
        }
        return moments
    }

    @Test(arguments: [EffectScale.difference, .relative, .standardised], [true, false])
    func equalsTheDefinition(scale: EffectScale, intercept: Bool) throws {
        let effects = try TreatmentEffects(of: far(from: scale == .relative ? 9 : 0), scale: scale)
        let dense = try dense(effects, intercept: intercept)
        let kappa = try #require(try GeneralisedEigen(dense.scatter.symmetrised, dense.noise.symmetrised).values.first)
        let model = try ProxyModel(effects, outcome: "y", proxies: ["s1", "s2"], intercept: intercept)
        for (estimator, multiple) in [(ProxyEstimator.hliml, kappa), (.hfuller(4), kappa - 4 / dense.degrees)] {
            let system = dense.scatter - multiple * dense.noise
            let expected = try PivotedLU(system.submatrix(rows: [1, 2], columns: [1, 2])).solve([
                system[1, 0], system[2, 0],
            ])
            let estimate = try model.estimate(estimator)
            #expect(abs(try #require(estimate.kappa) - kappa) < 1e-9 * kappa)
            for (a, b) in zip(estimate.coefficients, expected) { #expect(abs(a - b) < 1e-9 * max(1, abs(b))) }
            #expect(estimate.k == nil)
        }
    }

    /// Where all arms have one covariance of units, N = J′Ω̂ and both are LIML and Fuller's estimator.
    @Test(arguments: [true, false]) func isLIMLUnderEqualNoise(intercept: Bool) throws {
        let all = try UnitLevelTests.moments()
        var moments = try ArmMoments(metrics: all.metrics)
        let covariance = all.arm(0).covariance
        for k in 0..<all.experimentCount {
            var arms = all.arms(of: k).map { all.arm($0) }
            for index in arms.indices { arms[index].covariance = covariance }
            try moments.append(experiment: all.experiments[k], control: arms[0], treatments: Array(arms.dropFirst()))
        }
        let model = try ProxyModel(
            TreatmentEffects(of: moments), outcome: "y", proxies: ["s1", "s2"], intercept: intercept)
        for (robust, plain) in [(ProxyEstimator.hliml, ProxyEstimator.liml), (.hfuller(1), .fuller(1))] {
            let (a, b) = (try model.estimate(robust), try model.estimate(plain))
            for (x, y) in zip(a.coefficients, b.coefficients) { #expect(abs(x - y) < 1e-9 * max(1, abs(y))) }
        }
    }
}
