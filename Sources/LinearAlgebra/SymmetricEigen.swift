/// The eigenvalues of a symmetric matrix, ascending, and its orthonormal eigenvectors.
///
/// Cyclic Jacobi rotations, which find small eigenvalues of small matrices with high relative accuracy; each
/// eigenvector's component of largest magnitude is positive, so signs do not depend on rounding on the way.
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., section 8.5.
package struct SymmetricEigen: Sendable {
    /// Ascending.
    package let values: [Double]
    /// Column j belongs to `values[j]`.
    package let vectors: Matrix

    /// - Throws: `notFinite`; `noConvergence` after 100 sweeps, which finite input does not reach.
    package init(_ matrix: Matrix) throws(LinearAlgebraError) {
        precondition(matrix.isSquare, "Eigenvalues need a square matrix")
        guard matrix.isFinite else { throw .notFinite }
        let order = matrix.rows
        var a = matrix.symmetrised
        var v = Matrix.identity(order)
        var converged = order < 2
        for _ in 0..<100 where !converged { converged = !SymmetricEigen.sweep(&a, &v) }
        guard converged else { throw .noConvergence }
        let ascending = (0..<order).sorted { (a[$0, $0], $0) < (a[$1, $1], $1) }
        values = ascending.map { a[$0, $0] }
        var ordered = v.submatrix(rows: Array(0..<order), columns: ascending)
        for j in 0..<order {
            let column = ordered.column(j)
            let largest = column.max { $0.magnitude < $1.magnitude } ?? 0
            if largest < 0 { for i in 0..<order { ordered[i, j] = -column[i] } }
        }
        vectors = ordered
    }

    /// V f(Λ) Vᵀ.
    package func mapValues(_ transform: (Double) -> Double) -> Matrix {
        (vectors * .diagonal(values.map(transform)) * vectors.transposed).symmetrised
    }

    /// One pass over all pairs; false where no element was left to rotate away.
    private static func sweep(_ a: inout Matrix, _ v: inout Matrix) -> Bool {
        var rotated = false
        for p in 0..<a.rows {
            for q in (p + 1)..<max(a.rows, p + 1) {
                let size = (a[p, p] * a[q, q]).magnitude.squareRoot()
                let element = a[p, q].magnitude
                let diagonal = max(a[p, p].magnitude, a[q, q].magnitude)
                if element <= Double.ulpOfOne * size || element <= 1e-300 || element <= 1e-3 * diagonal.ulp {
                    a[p, q] = 0
                    a[q, p] = 0
                    continue
                }
                rotated = true
                rotate(&a, &v, p, q)
            }
        }
        return rotated
    }

    private static func rotate(_ a: inout Matrix, _ v: inout Matrix, _ p: Int, _ q: Int) {
        let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
        let tangent = (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        let off = a[p, q]
        a[p, p] -= tangent * off
        a[q, q] += tangent * off
        a[p, q] = 0
        a[q, p] = 0
        for k in 0..<a.rows where k != p && k != q {
            let (x, y) = (a[k, p], a[k, q])
            a[k, p] = cosine * x - sine * y
            a[p, k] = a[k, p]
            a[k, q] = sine * x + cosine * y
            a[q, k] = a[k, q]
        }
        for k in 0..<a.rows {
            let (x, y) = (v[k, p], v[k, q])
            v[k, p] = cosine * x - sine * y
            v[k, q] = sine * x + cosine * y
        }
    }
}
