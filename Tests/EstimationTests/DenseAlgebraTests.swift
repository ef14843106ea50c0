import Estimation
import LinearAlgebra
import Probability
import Testing

/// Block formulas of the shared control against dense matrices, on every scale: one and several arms, multipliers on the
/// relative scale and the rank-two blocks of the standardised one. Tolerance 1e-9.
@Suite struct DenseAlgebraTests {
    static let stream = RandomStream(seed: 1, identifier: "test")

    /// Unit-level moments with means far from zero, so that relative scales exist.
    static func effects(_ scale: EffectScale) throws -> TreatmentEffects {
        let all = try UnitLevelTests.moments()
        var moments = try ArmMoments(metrics: all.metrics)
        for k in 0..<all.experimentCount {
            let arms = all.arms(of: k).map { index in
                var arm = all.arm(index)
                arm.mean = arm.mean.map { $0 + 12 }
                return arm
            }
            try moments.append(experiment: "\(k)", control: arms[0], treatments: Array(arms.dropFirst()))
        }
        return try TreatmentEffects(of: moments, scale: scale)
    }

    struct Dense {
        let effects: [Double]
        let noise: Matrix
        var count: Int { effects.count }
        var ones: [Double] { Array(repeating: 1, count: count) }

        init(_ effects: TreatmentEffects, metric: Int) {
            self.effects = (0..<effects.count).map { effects.value($0, metric) }
            var noise = Matrix(rows: effects.count, columns: effects.count)
            for j in 0..<effects.count {
                for l in 0..<effects.count { noise[j, l] = effects.covariance(j, l)[metric, metric] }
            }
            self.noise = noise
        }

        func marginal(_ tauSquared: Double) -> Matrix { noise + tauSquared * .identity(count) }

        /// P.
        func projection(_ tauSquared: Double) throws -> Matrix {
            let inverse = try Cholesky(marginal(tauSquared)).inverse
            let column = inverse * ones
            return inverse - Matrix.outer(column, column) / dot(column, ones)
        }

        func logLikelihood(_ tauSquared: Double) throws -> Double {
            let factor = try Cholesky(marginal(tauSquared))
            let determinant = factor.lower.diagonal.reduce(0) { $0 + 2 * Elementary.log($1) }
            let precision = dot(ones, factor.solve(ones))
            let square = try projection(tauSquared).quadraticForm(effects, effects)
            let constants = Double(count - 1) * Elementary.logTwoPi - Elementary.log(Double(count))
            return -(determinant + Elementary.log(precision) + square + constants) / 2
        }
    }

    @Test(arguments: EffectScale.allCases)
    func restrictedMaximumLikelihood(scale: EffectScale) throws {
        let effects = try Self.effects(scale)
        let dense = Dense(effects, metric: 1)
        let fit = try MetaAnalysisData(effects, metric: "s1").randomEffects(.reml, stream: Self.stream)
        #expect(fit.tauSquared > 0)
        let factor = try Cholesky(dense.marginal(fit.tauSquared))
        let precision = dot(dense.ones, factor.solve(dense.ones))
        let mean = dot(dense.ones, factor.solve(dense.effects)) / precision
        #expect(abs(fit.mean - mean) < 1e-9)
        #expect(abs(fit.meanStandardError - (1 / precision).squareRoot()) < 1e-9)
        let likelihood = try dense.logLikelihood(fit.tauSquared)
        #expect(abs(fit.logLikelihood - likelihood) < 1e-9)
        for factor in [0.5, 0.999, 1.001, 2] {
            #expect(try dense.logLikelihood(fit.tauSquared * factor) < likelihood)
        }
        let fixed = try dense.projection(0)
        #expect(abs(fit.q - fixed.quadraticForm(dense.effects, dense.effects)) < 1e-8)
        let typical = Double(dense.count - 1) / fixed.trace
        #expect(abs(fit.iSquared - fit.tauSquared / (fit.tauSquared + typical)) < 1e-9)
        let projection = try dense.projection(fit.tauSquared)
        let error = (2 / (projection * projection).trace).squareRoot()
        #expect(abs(try #require(fit.tauSquaredStandardError) - error) < 1e-9)
        try expectShrunken(fit, dense, mean: mean, precision: precision)
    }

    private func expectShrunken(_ fit: MetaAnalysisFit, _ dense: Dense, mean: Double, precision: Double) throws {
        let inverse = try Cholesky(dense.marginal(fit.tauSquared)).inverse
        let residual = inverse * dense.effects.map { $0 - mean }
        let weights = inverse * dense.ones
        for (j, effect) in fit.effects.enumerated() {
            let line = 1 - fit.tauSquared * weights[j]
            let variance =
                fit.tauSquared - fit.tauSquared * fit.tauSquared * inverse[j, j] + line * line / precision
            #expect(abs(effect.mean - mean - fit.tauSquared * residual[j]) < 1e-9)
            #expect(abs(effect.standardDeviation - variance.squareRoot()) < 1e-9)
        }
    }

    /// The posterior against a trapezium rule over τ with dense matrices, which converges fast for a function flat at
    /// both ends; tolerance 1e-7.
    @Test(arguments: [EffectScale.relative, .standardised])
    func posterior(scale: EffectScale) throws {
        let effects = try Self.effects(scale)
        let dense = Dense(effects, metric: 1)
        let fit = try MetaAnalysisData(effects, metric: "s1").posterior(stream: Self.stream)
        let (m, s) = (SampleMoments.mean(dense.effects), SampleMoments.standardDeviation(dense.effects))
        var (total, mu, muSquare, tauMean, theta) = (0.0, 0.0, 0.0, 0.0, 0.0)
        var reference = Double?.none
        for step in 1..<400 {
            // t = log τ/s on [-8, 8].
            let tau = s * Elementary.exp(-8 + 0.04 * Double(step))
            let factor = try Cholesky(dense.marginal(tau * tau) + s * s * Matrix.outer(dense.ones, dense.ones))
            let centred = dense.effects.map { $0 - m }
            let solved = factor.solve(centred)
            let logs = factor.lower.diagonal.reduce(0) { $0 + Elementary.log($1) }
            let prior = -Elementary.log1p(tau * tau / (s * s)) + Elementary.log(tau)
            let value = prior - logs - dot(centred, solved) / 2
            let base = reference ?? value
            reference = base
            let weight = Elementary.exp(value - base)
            let mean = m + s * s * dot(dense.ones, solved)
            let variance = s * s - s * s * s * s * dot(dense.ones, factor.solve(dense.ones))
            total += weight
            mu += weight * mean
            muSquare += weight * (variance + mean * mean)
            tauMean += weight * tau
            theta += weight * (m + tau * tau * solved[3] + s * s * dot(dense.ones, solved))
        }
        mu /= total
        let deviation = (muSquare / total - mu * mu).squareRoot()
        #expect(abs(try #require(fit.mean.mean) - mu) < 1e-7)
        #expect(abs(try #require(fit.mean.standardDeviation) - deviation) < 1e-7)
        #expect(abs(try #require(fit.tau.mean) - tauMean / total) < 1e-6)
        #expect(abs(try #require(fit.effects[3].summary.mean) - theta / total) < 1e-7)
    }

    /// The verdict and an outlying control, by dense weights; tolerance 1e-9.
    @Test func sharedControl() throws {
        let effects = try Self.effects(.relative)
        let dense = Dense(effects, metric: 1)
        let data = try MetaAnalysisData(effects, metric: "s1")
        let diagnostics = try data.sharedControlDiagnostics()
        let ignoring = try data.randomEffects(.reml, correlation: .ignore, stream: Self.stream)
        let weights = (0..<dense.count).map { 1 / (dense.noise[$0, $0] + ignoring.tauSquared) }
        let sum = weights.reduce(0, +)
        let shares = weights.map { $0 / sum }
        let actual = dense.marginal(diagnostics.tauSquared).quadraticForm(shares, shares).squareRoot()
        #expect(abs(diagnostics.verdict.actual - actual) < 1e-9)
        #expect(abs(diagnostics.verdict.stated - ignoring.meanStandardError) < 1e-9)
        let k = try #require((0..<data.experimentCount).first { data.offsets[$0 + 1] - data.offsets[$0] > 1 })
        let range = Array(data.offsets[k]..<data.offsets[k + 1])
        let rho =
            dense.noise[range[0], range[1]]
            / (dense.noise[range[0], range[0]] * dense.noise[range[1], range[1]]).squareRoot()
        #expect(try #require(diagnostics.experiments[k].correlations).contains(rho))
        let block = dense.marginal(diagnostics.tauSquared).submatrix(rows: range, columns: range)
        let information = dot(range.map { _ in 1 }, try Cholesky(block).solve(range.map { _ in 1 }))
        #expect(abs(diagnostics.experiments[k].correlatedInformation - information) < 1e-9 * information)
    }
}
