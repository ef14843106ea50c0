import LinearAlgebra
import MCMC
import Probability
import Testing

@testable import Estimation

/// Densities that the sampler walks over: gradients against central differences of their values, and values against dense
/// matrices.
@Suite struct SamplingGradientTests {
    static let stream = RandomStream(seed: 1, identifier: "test")
    static let priors = [
        Prior(mean: .normal(mean: 0.3, standardDeviation: 2), heterogeneity: .halfCauchy(scale: 0.7)),
        Prior(mean: .flat, heterogeneity: .halfNormal(scale: 1.5)),
        Prior(
            mean: .normal(mean: -1, standardDeviation: 0.4), heterogeneity: .halfT(degreesOfFreedom: 3.5, scale: 0.6)),
        Prior(mean: .flat, heterogeneity: .uniform(upper: 3)),
        Prior(mean: .flat, heterogeneity: .exponential(rate: 2)),
        Prior(mean: .flat, heterogeneity: .flat),
    ]

    /// Blocks of every form: `DenseAlgebraTests`' effects, of several arms and of one.
    static func frame(_ scale: EffectScale, _ correlation: EffectCorrelation, _ prior: Prior) throws -> SamplingFrame {
        let data = try MetaAnalysisData(try DenseAlgebraTests.effects(scale), metric: "s1")
        return SamplingFrame(try NoiseBlocks(data, correlation, stream: stream), prior: prior)
    }

    private func check(_ density: some LogDensity, draws: Int) throws {
        for draw in 0..<draws {
            var position = (0..<density.dimension).map { 1.5 * Self.stream.normal(100 * draw + $0) }
            var gradient = position
            var unused = position
            let value = density.value(at: &position, gradient: &gradient)
            #expect(value.isFinite)
            for i in position.indices {
                let place = position[i]
                func at(_ shift: Double) -> Double {
                    position[i] = place + shift
                    defer { position[i] = place }
                    return density.value(at: &position, gradient: &unused)
                }
                // Fourth order: error h⁴, about 1e-12, and rounding 1e-16/h.
                let h = 1e-3
                let slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
                #expect(abs(gradient[i] - slope) < 1e-7 * (1 + abs(slope)), "coordinate \(i)")
            }
        }
    }

    @Test(arguments: [EffectScale.difference, .relative, .standardised], EffectCorrelation.allCases)
    func gradients(scale: EffectScale, correlation: EffectCorrelation) throws {
        for prior in Self.priors {
            let frame = try Self.frame(scale, correlation, prior)
            try check(MarginalDensity(frame: frame), draws: 4)
            try check(JointDensity(frame), draws: 2)
        }
    }

    /// Differences of the integrated density between places are those of a dense multivariate normal; tolerance 1e-9.
    @Test(arguments: [EffectScale.difference, .relative, .standardised])
    func marginalIsDense(scale: EffectScale) throws {
        let prior = Self.priors[0]
        let frame = try Self.frame(scale, .sharedControl, prior)
        let effects = try DenseAlgebraTests.effects(scale)
        let dense = DenseAlgebraTests.Dense(effects, metric: 1)
        let density = MarginalDensity(frame: frame)
        func direct(_ a: Double, _ b: Double) throws -> Double {
            let (mean, tau) = (frame.mean(a), frame.tau(b))
            let factor = try Cholesky(dense.marginal(tau * tau))
            let residual = dense.effects.map { $0 - mean }
            let square = zip(residual, factor.solve(residual)).reduce(0) { $0 + $1.0 * $1.1 }
            let logs = factor.lower.diagonal.reduce(0) { $0 + Elementary.log($1) }
            let z = (mean - 0.3) / 2
            return -logs - square / 2 - z * z / 2 + prior.heterogeneity.logDensity(tau) + Elementary.log(tau)
        }
        func value(_ a: Double, _ b: Double) -> Double {
            var position = [a, b]
            var gradient = [0.0, 0.0]
            return density.value(at: &position, gradient: &gradient)
        }
        let base = (try direct(0, 0), value(0, 0))
        for (a, b) in [(1.0, -1.0), (-2, 0.5), (0.3, 1.7), (4, -3)] {
            let expected = try direct(a, b) - base.0
            #expect(abs(value(a, b) - base.1 - expected) < 1e-9 * (1 + abs(expected)))
        }
    }

    /// Effects drawn given μ and τ have the mean and covariance of the dense conditional normal, within 5 standard errors of
    /// 40,000 draws.
    @Test(arguments: [EffectScale.relative, .standardised])
    func effectsDrawnBack(scale: EffectScale) throws {
        let frame = try Self.frame(scale, .sharedControl, Self.priors[0])
        let dense = DenseAlgebraTests.Dense(try DenseAlgebraTests.effects(scale), metric: 1)
        let (mean, tau) = (frame.mean(0.5), frame.tau(0.2))
        let factor = try Cholesky(dense.marginal(tau * tau))
        let solved = factor.solve(dense.effects.map { $0 - mean })
        let inverse = factor.inverse
        let count = 40_000
        for k in 0..<frame.blocks.blockCount {
            let range = frame.blocks.range(k)
            var cursor = RandomCursor(Self.stream, substream: 100 + k)
            var sums = Array(repeating: 0.0, count: range.count)
            var products = Matrix(rows: range.count, columns: range.count)
            var draw = sums
            var normals = Array(repeating: 0.0, count: frame.blocks.normalsNeeded(k))
            for _ in 0..<count {
                for i in normals.indices { normals[i] = cursor.normal() }
                frame.blocks.drawEffects(
                    of: k, mean: (mean - frame.origin) / frame.unit,
                    tauSquared: (tau / frame.unit) * (tau / frame.unit), &normals, into: &draw)
                for (i, j) in range.enumerated() {
                    draw[i] = frame.origin + frame.unit * draw[i] - (mean + tau * tau * solved[j])
                }
                for a in sums.indices {
                    sums[a] += draw[a]
                    for b in sums.indices { products[a, b] += draw[a] * draw[b] }
                }
            }
            func covariance(_ a: Int, _ b: Int) -> Double {
                let (i, j) = (range.lowerBound + a, range.lowerBound + b)
                return (a == b ? tau * tau : 0) - tau * tau * tau * tau * inverse[i, j]
            }
            for a in sums.indices {
                let error = (covariance(a, a) / Double(count)).squareRoot()
                #expect(abs(sums[a] / Double(count)) < 5 * error)
                for b in sums.indices {
                    let spread = covariance(a, a) * covariance(b, b) + covariance(a, b) * covariance(a, b)
                    let found = products[a, b] / Double(count)
                    #expect(abs(found - covariance(a, b)) < 5 * (spread / Double(count)).squareRoot())
                }
            }
        }
    }
}
