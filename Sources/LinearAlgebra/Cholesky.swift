/// A = LLᵀ of a symmetric positive definite matrix, L lower triangular; only A's lower triangle is read.
///
/// A pivot at or below `tolerance` times its diagonal element counts as not positive (the default is a few units of
/// rounding error per row). Source: Golub and Van Loan, *Matrix Computations*, 4th ed., algorithm 4.2.2.
package struct Cholesky: Sendable {
    /// L, zeros above its diagonal.
    package let lower: Matrix

    /// - Throws: `notPositiveDefinite` at the first pivot that is not positive, `notFinite`.
    package init(_ matrix: Matrix, tolerance: Double? = nil) throws(LinearAlgebraError) {
        precondition(matrix.isSquare, "A Cholesky factor needs a square matrix")
        guard matrix.isFinite else { throw .notFinite }
        let order = matrix.rows
        let limit = tolerance ?? 4 * Double(max(order, 1)) * Double.ulpOfOne
        var lower = Matrix(rows: order, columns: order)
        for j in 0..<order {
            var pivot = matrix[j, j]
            for k in 0..<j { pivot -= lower[j, k] * lower[j, k] }
            guard pivot > 0, pivot > limit * matrix[j, j] else { throw .notPositiveDefinite(row: j) }
            let root = pivot.squareRoot()
            lower[j, j] = root
            for i in (j + 1)..<max(order, j + 1) {
                var sum = matrix[i, j]
                for k in 0..<j { sum -= lower[i, k] * lower[j, k] }
                lower[i, j] = sum / root
            }
        }
        self.lower = lower
    }

    package var order: Int { lower.rows }

    /// L⁻¹b.
    package func solveLower(_ vector: [Double]) -> [Double] {
        var x = vector
        for i in 0..<order {
            for k in 0..<i { x[i] -= lower[i, k] * x[k] }
            x[i] /= lower[i, i]
        }
        return x
    }

    /// L⁻ᵀb.
    package func solveUpper(_ vector: [Double]) -> [Double] {
        var x = vector
        for i in (0..<order).reversed() {
            for k in (i + 1)..<max(order, i + 1) { x[i] -= lower[k, i] * x[k] }
            x[i] /= lower[i, i]
        }
        return x
    }

    /// A⁻¹b.
    package func solve(_ vector: [Double]) -> [Double] { solveUpper(solveLower(vector)) }

    /// A⁻¹B, column by column.
    package func solve(_ matrix: Matrix) -> Matrix { mapColumns(of: matrix, solve) }

    /// L⁻¹B, column by column.
    package func solveLower(_ matrix: Matrix) -> Matrix { mapColumns(of: matrix, solveLower) }

    /// A⁻¹, exactly symmetric.
    package var inverse: Matrix { solve(.identity(order)).symmetrised }

    private func mapColumns(of matrix: Matrix, _ transform: ([Double]) -> [Double]) -> Matrix {
        var result = Matrix(rows: matrix.rows, columns: matrix.columns)
        for j in 0..<matrix.columns {
            for (i, value) in transform(matrix.column(j)).enumerated() { result[i, j] = value }
        }
        return result
    }
}
