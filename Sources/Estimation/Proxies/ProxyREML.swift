package import LinearAlgebra

/// Coefficients of an outcome's true effect on its proxies' from Λ̂ by restricted maximum likelihood.
///
/// β̂ = Λ̂_SS⁻¹Λ̂_SY and α̂ = μ̂_Y − β̂ᵀμ̂_S, metric 0 the outcome and the others its proxies. By the delta method
/// dβ = Λ_SS⁻¹(dΛ_SY − dΛ_SSβ), so Var β̂ = DCDᵀ with C the inverse expected information on Λ; μ̂ and Λ̂ are asymptotically
/// independent, so with γ = (1, −β): Var α̂ = γᵀA⁻¹γ + μ_SᵀVar(β̂)μ_S and Cov(β̂, α̂) = −Var(β̂)μ_S.
/// Where Λ̂ is singular but Λ̂_SS is not, C is conditional on the rank found (see `CovarianceREML`).
/// Source: Jackson, White and Riley, Biometrical Journal 55(2), 2013 (information on Λ); Rao, *Linear Statistical
/// Inference and its Applications*, 2nd ed., 6a.2 (delta method).
package struct ProxyREML: Sendable, Equatable {
    /// β̂, by proxy.
    package let coefficients: [Double]
    /// α̂; 0 without intercept.
    package let intercept: Double
    /// Of (β̂, α̂), (p + 1) × (p + 1), or of β̂ alone without intercept; nil where Λ̂ has no covariance matrix.
    package let covariance: Matrix?

    /// - Throws: `noProxies` with one metric; `proxiesNotPositiveDefinite` where Λ̂_SS is singular.
    package init(_ fit: CovarianceREML) throws(EstimationError) {
        let order = fit.metrics.count
        guard order > 1 else { throw .noProxies }
        let proxies = Array(1..<order)
        let block = fit.covariance.submatrix(rows: proxies, columns: proxies)
        let scaled = CovarianceModel.scaled(block, by: block.diagonal)
        let roots = block.diagonal.map { $0 > 0 ? $0.squareRoot() : 1 }
        guard let factor = try? Cholesky(scaled), let eigen = try? SymmetricEigen(scaled),
            let smallest = eigen.values.first, smallest > 1e-10
        else {
            throw .proxiesNotPositiveDefinite(
                estimator: "reml", metrics: Array(fit.metrics.dropFirst()),
                smallestEigenvalue: (try? SymmetricEigen(block).values.first) ?? 0)
        }
        func solve(_ right: [Double]) -> [Double] {
            zip(factor.solve(zip(right, roots).map { $0 / $1 }), roots).map { $0 / $1 }
        }
        let beta = solve(proxies.map { fit.covariance[$0, 0] })
        let means = Array(fit.mean.dropFirst())
        coefficients = beta
        intercept = fit.intercept ? fit.mean[0] - dot(beta, means) : 0
        guard let inverse = fit.informationInverse else {
            covariance = nil
            return
        }
        var jacobian = Matrix(rows: order - 1, columns: inverse.rows)
        for a in 0..<order {
            for b in 0...a where a > 0 {
                // dΛ_SY − dΛ_SSβ for a unit change of Λ_ab and Λ_ba.
                var change = Array(repeating: 0.0, count: order - 1)
                if b == 0 {
                    change[a - 1] = 1
                } else {
                    change[a - 1] -= beta[b - 1]
                    if a != b { change[b - 1] -= beta[a - 1] }
                }
                let column = PackedSymmetric.index(a, b)
                for (row, value) in solve(change).enumerated() { jacobian[row, column] = value }
            }
        }
        let slopes = (jacobian * inverse * jacobian.transposed).symmetrised
        guard fit.intercept, let meanCovariance = fit.meanCovariance else {
            covariance = slopes
            return
        }
        let across = slopes * means
        let contrast = [1] + beta.map { -$0 }
        var result = Matrix(rows: order, columns: order)
        for i in 0..<order - 1 {
            for j in 0..<order - 1 { result[i, j] = slopes[i, j] }
            (result[i, order - 1], result[order - 1, i]) = (-across[i], -across[i])
        }
        result[order - 1, order - 1] = meanCovariance.quadraticForm(contrast, contrast) + dot(means, across)
        covariance = result
    }
}
