internal import LinearAlgebra

/// Coefficients from one vector of sums.
struct ProxySolution: Sendable {
    let coefficients: [Double]
    let intercept: Double
    var subtracted: Double?
    var kappa: Double?
}

extension ProxyModel {
    /// - Throws: `needsCounts`, `tooFewEffects`, `singularNoise`, `proxiesNotPositiveDefinite`.
    func solve(_ estimator: ProxyEstimator, _ moments: SecondMoments) throws(EstimationError) -> ProxySolution {
        try requireCounts(estimator)
        let solver = solver(estimator, findsRoot: true)
        try solve(solver, moments.sums)
        let values = solver.values
        return ProxySolution(
            coefficients: Array(values.dropLast()), intercept: values[proxies.count], subtracted: solver.subtracted,
            kappa: solver.kappa)
    }

    /// A solver for this model's sums; `reference` of another makes it begin where that one ended.
    func solver(_ estimator: ProxyEstimator, findsRoot: Bool = false, reference: [Double]? = nil) -> ProxySolver {
        ProxySolver(
            estimator, layout: sums.layout, intercept: intercept, shift: sums.shift, findsRoot: findsRoot,
            reference: reference)
    }

    func requireCounts(_ estimator: ProxyEstimator) throws(EstimationError) {
        if estimator.needsCounts, effects.counts == nil { throw .needsCounts(estimator: estimator.name) }
    }

    /// Solves, and tells a fault with the names of what it is about.
    func solve(_ solver: ProxySolver, _ sums: [Double]) throws(EstimationError) {
        let fault = sums.withUnsafeBufferPointer { sums in sums.baseAddress.flatMap { solver.solve($0) } }
        switch fault {
        case nil: return
        case .tooFewEffects: throw .tooFewEffects(needed: 2, found: 1)
        case .singularNoise: throw .singularNoise(metrics: effects.metrics)
        case .notPositiveDefinite:
            let indices = Array(1...proxies.count)
            let block = solver.lastMatrix.submatrix(rows: indices, columns: indices)
            throw .proxiesNotPositiveDefinite(
                estimator: solver.estimator.name, metrics: proxies,
                smallestEigenvalue: (try? SymmetricEigen(block).values.first) ?? .nan)
        }
    }

    /// Of M against Ω̂, both in units of Ω̂'s diagonal; nil where Ω̂ is singular.
    func eigenvalues(_ scatter: Matrix, _ noise: Matrix, _ spread: [Double]) -> [Double]? {
        guard spread.allSatisfy({ $0 > 0 }) else { return nil }
        let scaledScatter = CovarianceModel.scaled(scatter, by: spread)
        let scaledNoise = CovarianceModel.scaled(noise, by: spread)
        guard (try? Cholesky(scaledNoise, tolerance: 1e-11)) != nil else { return nil }
        return try? GeneralisedEigen(scaledScatter, scaledNoise).values
    }
}
