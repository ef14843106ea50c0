internal import LinearAlgebra

/// Coordinates about one Λ = V diag(d²)Vᵀ (see `LikelihoodMaximum`).
struct LikelihoodChart: Sendable {
    /// d, descending.
    private(set) var roots: [Double]
    /// V's columns, in the same order.
    let vectors: Matrix
    private var order: Int { roots.count }

    struct Step: Sendable {
        let covariance: Matrix
        /// What the quadratic model promises in log-likelihood.
        let gain: Double
        let damping: Double
        /// Whether the Hessian had to be damped to be negative definite.
        let isDamped: Bool
    }

    /// nil where Λ is not finite.
    init?(_ covariance: Matrix) {
        guard let eigen = try? SymmetricEigen(covariance) else { return nil }
        let descending = Array((0..<covariance.rows).reversed())
        roots = descending.map { max(0, eigen.values[$0]).squareRoot() }
        vectors = eigen.vectors.submatrix(rows: Array(0..<covariance.rows), columns: descending)
    }

    var covariance: Matrix { covariance(rank: order) }

    /// With all but the first eigenvalues zero.
    func covariance(rank: Int) -> Matrix {
        var factor = Matrix(rows: order, columns: order)
        for j in 0..<rank { factor[j, j] = roots[j] }
        return product(factor)
    }

    /// Raises near-zero roots; false where there are none.
    mutating func lift() -> Bool {
        let small = roots.indices.filter { roots[$0] < 1e-2 }
        for j in small { roots[j] = 2e-2 }
        return !small.isEmpty
    }

    /// The step at this damping; nil where the damped Hessian is not negative definite.
    func step(_ derivatives: LikelihoodDerivatives, damping: Double) -> Step? {
        let slope = vectors.transposed * derivatives.gradient * vectors
        let jacobian = jacobian()
        var pairs: [(i: Int, j: Int)] = []
        for i in 0..<order { for j in 0...i { pairs.append((i, j)) } }
        let gradient = pairs.map { 2 * slope[$0.i, $0.j] * roots[$0.j] }
        for (information, isObserved) in [
            (derivatives.observedInformation, true), (derivatives.expectedInformation, false),
        ] {
            if isObserved, damping > 0 { continue }
            var hessian = jacobian.transposed * information * jacobian
            for (s, first) in pairs.enumerated() {
                for (t, second) in pairs.enumerated() where first.j == second.j {
                    hessian[s, t] -= 2 * slope[first.i, second.i]
                }
            }
            var damped = hessian
            let largest = hessian.diagonal.reduce(0) { max($0, $1.magnitude) }
            for s in pairs.indices { damped[s, s] += damping * max(hessian[s, s].magnitude, 1e-6 * largest) }
            guard let factor = try? Cholesky(damped.symmetrised) else { continue }
            let delta = factor.solve(gradient)
            let gain = dot(delta, gradient) - hessian.quadraticForm(delta, delta) / 2
            var lower = Matrix(rows: order, columns: order)
            for (s, pair) in pairs.enumerated() { lower[pair.i, pair.j] = delta[s] }
            for j in 0..<order { lower[j, j] += roots[j] }
            return Step(covariance: product(lower), gain: max(0, gain), damping: damping, isDamped: damping > 0)
        }
        return nil
    }

    /// ∂ vech Λ/∂δ, q × q: for δ_ij, d_j(v_iv_jᵀ + v_jv_iᵀ); with `unit` as if every d were 1.
    func jacobian(unit: Bool = false) -> Matrix {
        let packed = PackedSymmetric.count(order: order)
        var result = Matrix(rows: packed, columns: packed)
        for i in 0..<order {
            for j in 0...i {
                let column = PackedSymmetric.index(i, j)
                for a in 0..<order {
                    for b in 0...a {
                        result[PackedSymmetric.index(a, b), column] =
                            (unit ? 1 : roots[j]) * (vectors[a, i] * vectors[b, j] + vectors[a, j] * vectors[b, i])
                    }
                }
            }
        }
        return result
    }

    /// VLLᵀVᵀ.
    private func product(_ lower: Matrix) -> Matrix {
        let factor = vectors * lower
        return (factor * factor.transposed).symmetrised
    }
}
