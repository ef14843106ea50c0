internal import LinearAlgebra

/// κ, the smallest eigenvalue of Mγ = κBγ, of many pencils that are close to each other.
///
/// From the vector of the first pencil, Rayleigh quotient iteration converges cubically, in two or three solutions of a
/// small system; that the root found is the smallest is then checked by the definiteness of M − (κ − δ)B. Where it is
/// not, and for the first pencil, the whole spectrum is computed. What is returned depends on the pencil and on the
/// first one alone. Source: Golub and Van Loan, *Matrix Computations*, 4th ed., section 8.2.3.
final class SmallestEigenpair {
    private let order: Int
    /// γ of the first pencil.
    private var reference: [Double]?
    private let vector: UnsafeMutablePointer<Double>
    private let image: UnsafeMutablePointer<Double>
    private let shifted: UnsafeMutablePointer<Double>

    init(order: Int, reference: [Double]? = nil) {
        self.order = order
        self.reference = reference
        vector = .allocate(capacity: 2 * order + order * order)
        image = vector + order
        shifted = image + order
        vector.initialize(repeating: 0, count: 2 * order + order * order)
    }

    deinit { vector.deallocate() }

    /// The vector that further pencils are begun from.
    var start: [Double]? { reference }

    /// - Returns: nil where B is not positive definite.
    func value(_ matrix: UnsafePointer<Double>, _ metric: UnsafePointer<Double>) -> Double? {
        guard isDefinite(metric, minus: nil, 0, limit: 1e-11) else { return nil }
        if let reference, let value = iterate(matrix, metric, from: reference) { return max(0, value) }
        guard
            let eigen = try? GeneralisedEigen(Matrix(copying: matrix, order), Matrix(copying: metric, order)),
            let smallest = eigen.values.first
        else { return nil }
        if reference == nil { reference = eigen.vectors.column(0) }
        return max(0, smallest)
    }

    private func iterate(
        _ matrix: UnsafePointer<Double>, _ metric: UnsafePointer<Double>, from start: [Double]
    ) -> Double? {
        for i in 0..<order { vector[i] = start[i] }
        var value = quotient(matrix, metric)
        for _ in 0..<8 {
            guard value.isFinite else { return nil }
            for index in 0..<order * order { shifted[index] = matrix[index] - value * metric[index] }
            for i in 0..<order { vector[i] = image[i] }
            // A pivot of zero says that the value is an eigenvalue already.
            guard SmallSystems.eliminate(shifted, order, vector) else { break }
            var largest = 0.0
            for i in 0..<order { largest = max(largest, vector[i].magnitude) }
            guard largest.isFinite, largest > 0 else { break }
            for i in 0..<order { vector[i] /= largest }
            let next = quotient(matrix, metric)
            let change = (next - value).magnitude
            value = next
            if change <= 4 * Double.ulpOfOne * value.magnitude { break }
        }
        var trace = 0.0
        for i in 0..<order { trace += matrix[i * order + i].magnitude }
        let margin = 1e-9 * max(value.magnitude, 1e-3 * trace / Double(order))
        return value.isFinite && isDefinite(matrix, minus: metric, value - margin, limit: 0) ? value : nil
    }

    /// vᵀMv/vᵀBv; leaves Bv in `image`.
    private func quotient(_ matrix: UnsafePointer<Double>, _ metric: UnsafePointer<Double>) -> Double {
        var (above, below) = (0.0, 0.0)
        for i in 0..<order {
            var (row, product) = (0.0, 0.0)
            for j in 0..<order {
                row += matrix[i * order + j] * vector[j]
                product += metric[i * order + j] * vector[j]
            }
            image[i] = product
            above += vector[i] * row
            below += vector[i] * product
        }
        return above / below
    }

    private func isDefinite(
        _ matrix: UnsafePointer<Double>, minus metric: UnsafePointer<Double>?, _ factor: Double, limit: Double
    ) -> Bool {
        for index in 0..<order * order { shifted[index] = matrix[index] - factor * (metric?[index] ?? 0) }
        return SmallSystems.cholesky(shifted, order, limit: limit)
    }
}

extension Matrix {
    /// A square matrix from its elements by rows.
    init(copying elements: UnsafePointer<Double>, _ order: Int) {
        self.init(
            rows: order, columns: order, elements: Array(UnsafeBufferPointer(start: elements, count: order * order)))
    }
}
