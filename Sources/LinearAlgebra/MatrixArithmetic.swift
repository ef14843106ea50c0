extension Matrix {
    package static func + (left: Matrix, right: Matrix) -> Matrix { left.combined(with: right, +) }
    package static func - (left: Matrix, right: Matrix) -> Matrix { left.combined(with: right, -) }

    package static func * (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.columns == right.rows, "A product needs as many columns as rows")
        var result = Matrix(rows: left.rows, columns: right.columns)
        for i in 0..<left.rows {
            for k in 0..<left.columns {
                let factor = left[i, k]
                for j in 0..<right.columns { result[i, j] += factor * right[k, j] }
            }
        }
        return result
    }

    package static func * (matrix: Matrix, vector: [Double]) -> [Double] {
        precondition(matrix.columns == vector.count, "A product needs as many columns as elements")
        return (0..<matrix.rows).map { i in
            var sum = 0.0
            for j in 0..<matrix.columns { sum += matrix[i, j] * vector[j] }
            return sum
        }
    }

    package static func * (factor: Double, matrix: Matrix) -> Matrix {
        Matrix(rows: matrix.rows, columns: matrix.columns, elements: matrix.elements.map { factor * $0 })
    }

    package static func / (matrix: Matrix, divisor: Double) -> Matrix {
        Matrix(rows: matrix.rows, columns: matrix.columns, elements: matrix.elements.map { $0 / divisor })
    }

    /// xyᵀ.
    package static func outer(_ x: [Double], _ y: [Double]) -> Matrix {
        Matrix(rows: x.count, columns: y.count, elements: x.flatMap { a in y.map { a * $0 } })
    }

    /// xᵀAy.
    package func quadraticForm(_ x: [Double], _ y: [Double]) -> Double { dot(x, self * y) }

    private func combined(with other: Matrix, _ operation: (Double, Double) -> Double) -> Matrix {
        precondition(rows == other.rows && columns == other.columns, "A sum needs equal shapes")
        return Matrix(rows: rows, columns: columns, elements: zip(elements, other.elements).map(operation))
    }
}

/// Σ xᵢyᵢ, in order.
package func dot(_ x: [Double], _ y: [Double]) -> Double {
    var sum = 0.0
    for index in 0..<min(x.count, y.count) { sum += x[index] * y[index] }
    return sum
}
