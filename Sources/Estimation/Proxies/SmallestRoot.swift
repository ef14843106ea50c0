internal import LinearAlgebra

/// κ, the smallest root of Mγ = κNγ, of many pencils that are close to each other.
///
/// With A(κ) = M_SS − κN_SS, b(κ) = M_SY − κN_SY and β(κ) = A⁻¹b, the root is where the Schur complement
/// s(κ) = M_YY − κN_YY − bᵀβ is zero while A is positive definite; s′ = −(1, −β)ᵀN(1, −β), so Newton's step is the
/// Rayleigh quotient of (1, −β). Begun from the vector of a first pencil it takes one or two solutions of a small system.
/// Where A is not definite on the way, and for the first pencil, the whole spectrum is computed. What is returned
/// depends on the pencil and on the first one alone.
final class SmallestRoot {
    private let order: Int
    /// γ of the first pencil, γ_Y = 1.
    private(set) var reference: [Double]?
    private let vector: UnsafeMutablePointer<Double>
    private let factor: UnsafeMutablePointer<Double>

    init(order: Int, reference: [Double]? = nil) {
        self.order = order
        self.reference = reference
        vector = .allocate(capacity: order + order * order)
        vector.initialize(repeating: 0, count: order + order * order)
        factor = vector + order
    }

    deinit { vector.deallocate() }

    /// - Returns: nil where N is not positive definite.
    func value(_ matrix: UnsafePointer<Double>, _ noise: UnsafePointer<Double>) -> Double? {
        if let reference, let value = newton(matrix, noise, from: reference) { return max(0, value) }
        for index in 0..<order * order { factor[index] = noise[index] }
        guard SmallSystems.cholesky(factor, order, limit: 1e-11),
            let eigen = try? GeneralisedEigen(Matrix(copying: matrix, order), Matrix(copying: noise, order)),
            let smallest = eigen.values.first
        else { return nil }
        let gamma = eigen.vectors.column(0)
        if reference == nil, gamma[0].magnitude > 1e-6 { reference = gamma.map { $0 / gamma[0] } }
        return max(0, smallest)
    }

    private func newton(
        _ matrix: UnsafePointer<Double>, _ noise: UnsafePointer<Double>, from start: [Double]
    ) -> Double? {
        var trace = 0.0
        for i in 0..<order {
            trace += matrix[i * order + i].magnitude
            vector[i] = start[i]
        }
        var value = quadratic(matrix) / quadratic(noise)
        let count = order - 1
        for _ in 0..<12 {
            for a in 0..<count {
                for b in 0..<(a + 1) {
                    let place = (a + 1) * order + b + 1
                    factor[a * count + b] = matrix[place] - value * noise[place]
                }
                vector[a + 1] = matrix[(a + 1) * order] - value * noise[(a + 1) * order]
            }
            guard value.isFinite, SmallSystems.cholesky(factor, count, limit: 0) else { return nil }
            SmallSystems.solve(cholesky: factor, count, vector + 1)
            vector[0] = 1
            for a in 1..<order { vector[a] = -vector[a] }
            let metric = quadratic(noise)
            guard metric > 0 else { return nil }
            let next = quadratic(matrix) / metric
            let change = (next - value).magnitude
            value = next
            // Convergence is quadratic: what is left after such a change is below rounding.
            if change <= 1e-9 * max(value.magnitude, 1e-7 * trace / Double(order)) { return value }
        }
        return nil
    }

    /// vᵀAv of a full symmetric matrix.
    private func quadratic(_ matrix: UnsafePointer<Double>) -> Double {
        withKnownOrder(order) { order in
            var sum = 0.0
            for i in 0..<order {
                var row = matrix[i * order + i] * vector[i]
                for j in 0..<i { row += 2 * matrix[i * order + j] * vector[j] }
                sum += vector[i] * row
            }
            return sum
        }
    }
}

extension Matrix {
    /// A square matrix from its elements by rows.
    init(copying elements: UnsafePointer<Double>, _ order: Int) {
        self.init(
            rows: order, columns: order, elements: Array(UnsafeBufferPointer(start: elements, count: order * order)))
    }
}
