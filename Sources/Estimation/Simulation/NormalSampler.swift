internal import LinearAlgebra
internal import Probability

/// Draws Normal(μ, Σ) vectors, Σ positive semi-definite, as μ + Lz with Σ = LLᵀ.
struct NormalSampler: Sendable {
    let order: Int
    private let mean: [Double]
    /// L's lower triangle, packed.
    private let factor: [Double]

    init(mean: [Double]? = nil, covariance: Matrix) {
        order = covariance.rows
        self.mean = mean ?? Array(repeating: 0, count: covariance.rows)
        factor = NormalSampler.factor(of: covariance)
    }

    /// Writes a draw to `target` or, where `isAdded`, adds it.
    @inline(__always)
    func draw(_ cursor: inout RandomCursor, into target: UnsafeMutablePointer<Double>, isAdded: Bool = false) {
        factor.withUnsafeBufferPointer { factor in
            mean.withUnsafeBufferPointer { mean in
                for i in 0..<order { target[i] = mean[i] + (isAdded ? target[i] : 0) }
                for j in 0..<order {
                    let z = cursor.normal()
                    var p = j * (j + 1) / 2 + j
                    for i in j..<order {
                        target[i] += factor[p] * z
                        p += i + 1
                    }
                }
            }
        }
    }

    /// L of a positive semi-definite matrix, packed: a column whose pivot is rounding error is zero.
    ///
    /// Exact where pivots are, and off by no more than rounding error of Σ otherwise.
    static func factor(of matrix: Matrix) -> [Double] {
        let order = matrix.rows
        let limit = 8 * Double(order) * Double.ulpOfOne
        var lower = Matrix(rows: order, columns: order)
        for j in 0..<order {
            var pivot = matrix[j, j]
            for k in 0..<j { pivot -= lower[j, k] * lower[j, k] }
            guard pivot > limit * matrix[j, j] else { continue }
            lower[j, j] = pivot.squareRoot()
            for i in (j + 1)..<max(order, j + 1) {
                var sum = matrix[i, j]
                for k in 0..<j { sum -= lower[i, k] * lower[j, k] }
                lower[i, j] = sum / lower[j, j]
            }
        }
        return PackedSymmetric.pack(lower)
    }
}
