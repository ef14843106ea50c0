/// PA = LU with partial pivoting, for square systems that need not be symmetric or definite.
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., algorithm 3.4.1.
package struct PivotedLU: Sendable {
    private let factors: Matrix
    private let order: [Int]

    /// - Throws: `singular` where no pivot exceeds rounding error of the matrix's largest element; `notFinite`.
    package init(_ matrix: Matrix) throws(LinearAlgebraError) {
        precondition(matrix.isSquare, "An LU factorisation needs a square matrix")
        guard matrix.isFinite else { throw .notFinite }
        let size = matrix.rows
        let limit = matrix.largestMagnitude * Double(max(size, 1)) * Double.ulpOfOne
        var a = matrix
        var order = Array(0..<size)
        for k in 0..<size {
            var best = k
            for i in k..<size where a[i, k].magnitude > a[best, k].magnitude { best = i }
            guard a[best, k].magnitude > limit else { throw .singular(column: k) }
            if best != k {
                order.swapAt(k, best)
                for j in 0..<size { (a[k, j], a[best, j]) = (a[best, j], a[k, j]) }
            }
            for i in (k + 1)..<max(size, k + 1) {
                a[i, k] /= a[k, k]
                for j in (k + 1)..<size { a[i, j] -= a[i, k] * a[k, j] }
            }
        }
        factors = a
        self.order = order
    }

    /// A⁻¹b.
    package func solve(_ vector: [Double]) -> [Double] {
        var x = order.map { vector[$0] }
        for i in 0..<x.count { for k in 0..<i { x[i] -= factors[i, k] * x[k] } }
        for i in (0..<x.count).reversed() {
            for k in (i + 1)..<max(x.count, i + 1) { x[i] -= factors[i, k] * x[k] }
            x[i] /= factors[i, i]
        }
        return x
    }
}
