/// Solutions of systems of a few equations in memory that the caller keeps, for loops over very many of them.
///
/// Matrices are square and stored by rows; a factor overwrites its matrix.
enum SmallSystems {
    /// LLᵀ of the lower triangle, in place, with 1/L_jj on the diagonal: a division for each column and none in `solve`.
    /// False where a pivot is not above `limit`.
    static func cholesky(_ matrix: UnsafeMutablePointer<Double>, _ order: Int, limit: Double) -> Bool {
        withKnownOrder(order) { factorise(matrix, $0, limit: limit) }
    }

    @inline(__always)
    private static func factorise(_ matrix: UnsafeMutablePointer<Double>, _ order: Int, limit: Double) -> Bool {
        for j in 0..<order {
            var pivot = matrix[j * order + j]
            for k in 0..<j { pivot -= matrix[j * order + k] * matrix[j * order + k] }
            guard pivot > limit else { return false }
            let inverse = 1 / pivot.squareRoot()
            matrix[j * order + j] = inverse
            for i in (j + 1)..<max(order, j + 1) {
                var sum = matrix[i * order + j]
                for k in 0..<j { sum -= matrix[i * order + k] * matrix[j * order + k] }
                matrix[i * order + j] = sum * inverse
            }
        }
        return true
    }

    /// Overwrites x with (LLᵀ)⁻¹x.
    static func solve(
        cholesky factor: UnsafePointer<Double>, _ order: Int, _ x: UnsafeMutablePointer<Double>
    ) {
        withKnownOrder(order) { substitute(factor, $0, x) }
    }

    @inline(__always)
    private static func substitute(
        _ factor: UnsafePointer<Double>, _ order: Int, _ x: UnsafeMutablePointer<Double>
    ) {
        for i in 0..<order {
            for k in 0..<i { x[i] -= factor[i * order + k] * x[k] }
            x[i] *= factor[i * order + i]
        }
        for i in (0..<order).reversed() {
            for k in (i + 1)..<max(order, i + 1) { x[i] -= factor[k * order + i] * x[k] }
            x[i] *= factor[i * order + i]
        }
    }

    /// Overwrites x with A⁻¹x by elimination with row exchanges, A with its factors; false at a pivot of zero.
    static func eliminate(
        _ matrix: UnsafeMutablePointer<Double>, _ order: Int, _ x: UnsafeMutablePointer<Double>
    ) -> Bool {
        for k in 0..<order {
            var best = k
            for i in k..<order where matrix[i * order + k].magnitude > matrix[best * order + k].magnitude { best = i }
            guard matrix[best * order + k] != 0 else { return false }
            if best != k {
                for j in k..<order {
                    let value = matrix[k * order + j]
                    matrix[k * order + j] = matrix[best * order + j]
                    matrix[best * order + j] = value
                }
                let value = x[k]
                x[k] = x[best]
                x[best] = value
            }
            for i in (k + 1)..<max(order, k + 1) {
                let ratio = matrix[i * order + k] / matrix[k * order + k]
                for j in (k + 1)..<order { matrix[i * order + j] -= ratio * matrix[k * order + j] }
                x[i] -= ratio * x[k]
            }
        }
        for i in (0..<order).reversed() {
            for k in (i + 1)..<max(order, i + 1) { x[i] -= matrix[i * order + k] * x[k] }
            x[i] /= matrix[i * order + i]
        }
        return true
    }
}
