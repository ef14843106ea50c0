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

    /// Overwrites `target` with a draw; `scratch` has room for one.
    func draw(
        _ cursor: inout RandomCursor, into target: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
    ) {
        for i in 0..<order { scratch[i] = cursor.normal() }
        transform(scratch, into: target)
    }

    /// μ + Lz, added to `target` where `isAdded`, written to it otherwise.
    @inline(__always)
    func transform(
        _ z: UnsafePointer<Double>, into target: UnsafeMutablePointer<Double>, isAdded: Bool = false
    ) {
        factor.withUnsafeBufferPointer { factor in
            mean.withUnsafeBufferPointer { mean in
                var p = 0
                for i in 0..<order {
                    var sum = mean[i]
                    for j in 0..<(i + 1) {
                        sum += factor[p] * z[j]
                        p += 1
                    }
                    target[i] = isAdded ? target[i] + sum : sum
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
