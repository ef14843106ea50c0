/// Solutions of Mγ = κBγ, M symmetric and B symmetric positive definite, by B = LLᵀ and the eigenvalues of L⁻¹ML⁻ᵀ.
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., algorithm 8.7.1.
package struct GeneralisedEigen: Sendable {
    /// κ, ascending.
    package let values: [Double]
    /// Column j belongs to `values[j]`; γᵀBγ = 1.
    package let vectors: Matrix

    /// - Throws: `notPositiveDefinite` where B is not.
    package init(_ matrix: Matrix, _ metric: Matrix) throws(LinearAlgebraError) {
        let factor = try Cholesky(metric)
        let half = factor.solveLower(matrix)
        let eigen = try SymmetricEigen(factor.solveLower(half.transposed))
        values = eigen.values
        var vectors = Matrix(rows: matrix.rows, columns: matrix.rows)
        for j in 0..<matrix.rows {
            for (i, value) in factor.solveUpper(eigen.vectors.column(j)).enumerated() { vectors[i, j] = value }
        }
        self.vectors = vectors
    }
}
