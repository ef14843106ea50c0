import LinearAlgebra
import Testing

@testable import Estimation

/// Coefficients from Λ̂ by restricted maximum likelihood, on the trials of `Berkey1998Tests` and on simulated experiments.
@Suite struct ProxyREMLTests {
    /// One proxy: β = Λ_SY/Λ_SS and α = μ_Y − βμ_S from metafor's Λ̂ and μ̂ (`Fixtures/berkey1998.json`), tolerance 1e-4,
    /// Λ̂'s own being 1e-6 of variances some hundred times larger than their differences here.
    @Test func oneProxy() throws {
        let fits = try FixtureFiles.decode([String: AnyFit].self, "berkey1998.json")
        let expected = try #require(fits["reml"]?.fit)
        let made = try ProxyREML(CovarianceREML(Berkey1998Tests.effects()))
        let beta = expected.covariance[1] / expected.covariance[3]
        #expect(abs(made.coefficients[0] - beta) < 1e-5)
        #expect(abs(made.intercept - (expected.mean[0] - beta * expected.mean[1])) < 1e-5)
    }

    private struct AnyFit: Decodable {
        let fit: Berkey1998Tests.Fit?
        init(from decoder: any Decoder) throws { fit = try? Berkey1998Tests.Fit(from: decoder) }
    }

    /// The delta method against central differences of β(Λ) and α(Λ, μ) in every element; relative tolerance 1e-6.
    @Test(arguments: [true, false])
    func covarianceMatrix(intercept: Bool) throws {
        let effects = try DenseAlgebraTests.effects(.difference)
        let fit = try CovarianceREML(effects, intercept: intercept)
        let made = try ProxyREML(fit)
        let order = fit.metrics.count
        func values(_ covariance: Matrix, _ mean: [Double]) throws -> [Double] {
            let proxies = Array(1..<order)
            let beta = try Cholesky(covariance.submatrix(rows: proxies, columns: proxies)).solve(
                proxies.map { covariance[$0, 0] })
            return intercept ? beta + [mean[0] - dot(beta, Array(mean.dropFirst()))] : beta
        }
        let inverse = try #require(fit.informationInverse)
        let packed = PackedSymmetric.count(order: order)
        let total = packed + (intercept ? order : 0)
        var joint = Matrix(rows: total, columns: total)
        for s in 0..<packed { for t in 0..<packed { joint[s, t] = inverse[s, t] } }
        if let mean = fit.meanCovariance {
            for s in 0..<order { for t in 0..<order { joint[packed + s, packed + t] = mean[s, t] } }
        }
        var columns: [[Double]] = []
        for index in 0..<total {
            var sides: [[Double]] = []
            let step = 1e-5 * joint[index, index].squareRoot()
            for sign in [-1.0, 1] {
                var (lambda, mean) = (PackedSymmetric.pack(fit.covariance), fit.mean)
                if index < packed { lambda[index] += sign * step } else { mean[index - packed] += sign * step }
                sides.append(try values(PackedSymmetric.unpack(lambda, order: order), mean))
            }
            columns.append(zip(sides[0], sides[1]).map { ($1 - $0) / (2 * step) })
        }
        let jacobian = Matrix(columns).transposed
        let expected = jacobian * joint * jacobian.transposed
        let covariance = try #require(made.covariance)
        #expect(covariance.rows == order - 1 + (intercept ? 1 : 0))
        for (a, b) in zip(covariance.elements, expected.elements) {
            #expect(abs(a - b) < 1e-6 * expected.largestMagnitude)
        }
        #expect(zip(made.coefficients, try values(fit.covariance, fit.mean)).allSatisfy { abs($0 - $1) < 1e-10 })
    }

    @Test func singularProxiesHaveNoCoefficients() throws {
        // Less spread than noise: Λ̂ is zero.
        let estimates = (0..<8).map {
            EffectEstimate(
                experiment: "\($0)", arm: "t", effect: [0.01 * Double($0 % 3), 0.02 * Double($0 % 2)],
                own: .diagonal([1, 1]))
        }
        let fit = try CovarianceREML(TreatmentEffects(metrics: ["y", "s"], estimates: estimates))
        #expect(throws: EstimationError.self) { try ProxyREML(fit) }
    }
}
