internal import LinearAlgebra

/// Coefficients from one vector of sums.
struct ProxySolution: Sendable {
    let coefficients: [Double]
    let intercept: Double
    var subtracted: Double?
    var kappa: Double?
}

extension ProxyModel {
    func solve(_ estimator: ProxyEstimator, _ moments: SecondMoments) throws(EstimationError) -> ProxySolution {
        if estimator.needsCounts, effects.counts == nil { throw .needsCounts(estimator: estimator.name) }
        if let kind = estimator.covarianceEstimator {
            guard moments.divisor > 1e-12 else { throw .tooFewEffects(needed: 2, found: 1) }
            return try divide(
                CovarianceModel.covariance(kind, moments), scale: moments.scatterOfEffects, mean: moments.mean,
                estimator: estimator)
        }
        let noise = moments.unitCovariance
        let scatter = moments.scatter
        let kappa = try smallestEigenvalue(scatter, noise)
        let subtracted =
            switch estimator {
            case .liml: kappa
            case .fuller(let alpha): kappa - alpha
            case .kClass(let k): (k - 1) * moments.degreesOfFreedom
            default: 0.0
            }
        var solution = try divide(
            scatter - subtracted * noise, scale: scatter, mean: moments.scatterMean, estimator: estimator)
        solution.subtracted = subtracted
        solution.kappa = kappa
        return solution
    }

    /// κ: the smallest eigenvalue of Mγ = κΩ̂γ, never below zero.
    ///
    /// - Throws: `singularNoise`.
    func smallestEigenvalue(_ scatter: Matrix, _ noise: Matrix) throws(EstimationError) -> Double {
        let spread = noise.diagonal
        guard let values = eigenvalues(scatter, noise, spread) else { throw .singularNoise(metrics: effects.metrics) }
        return max(0, values.first ?? 0)
    }

    /// Of M against Ω̂, both in units of Ω̂'s diagonal; nil where Ω̂ is singular.
    func eigenvalues(_ scatter: Matrix, _ noise: Matrix, _ spread: [Double]) -> [Double]? {
        guard spread.allSatisfy({ $0 > 0 }) else { return nil }
        let scaledScatter = CovarianceModel.scaled(scatter, by: spread)
        let scaledNoise = CovarianceModel.scaled(noise, by: spread)
        guard (try? Cholesky(scaledNoise, tolerance: 1e-11)) != nil else { return nil }
        return try? GeneralisedEigen(scaledScatter, scaledNoise).values
    }

    /// Solves L_SSβ = L_SY after scaling by the diagonal of a positive matrix, and takes the intercept from the means.
    ///
    /// - Throws: `proxiesNotPositiveDefinite`.
    private func divide(
        _ matrix: Matrix, scale: Matrix, mean: [Double], estimator: ProxyEstimator
    ) throws(EstimationError) -> ProxySolution {
        let proxies = Array(1..<matrix.rows)
        let block = matrix.submatrix(rows: proxies, columns: proxies)
        let spread = proxies.map { scale[$0, $0] > 0 ? scale[$0, $0] : 1 }
        let scaled = CovarianceModel.scaled(block, by: spread)
        let smallest = (try? SymmetricEigen(scaled).values.first) ?? -.infinity
        guard smallest > 1e-10, let factor = try? Cholesky(scaled) else {
            let raw = (try? SymmetricEigen(block).values.first) ?? .nan
            throw .proxiesNotPositiveDefinite(
                estimator: estimator.name, metrics: self.proxies, smallestEigenvalue: raw)
        }
        let roots = spread.map { $0.squareRoot() }
        let right = zip(proxies, roots).map { matrix[$0, 0] / $1 }
        let coefficients = zip(factor.solve(right), roots).map { $0 / $1 }
        guard intercept else { return ProxySolution(coefficients: coefficients, intercept: 0) }
        let means = zip(mean, sums.shift).map { $0 + $1 }
        return ProxySolution(
            coefficients: coefficients, intercept: means[0] - dot(coefficients, Array(means.dropFirst())))
    }
}
