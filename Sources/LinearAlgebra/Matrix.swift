/// A small dense matrix of doubles, stored by rows.
///
/// Meant for orders up to a few dozen: operations are the plain loops, in a fixed order, so results are the same
/// on every machine. Products and sums of matrices whose shapes do not fit together are programming errors and trap.
package struct Matrix: Sendable, Equatable {
    package let rows: Int
    package let columns: Int
    /// Element (i, j) is at `i * columns + j`.
    package var elements: [Double]

    package init(rows: Int, columns: Int, elements: [Double]) {
        precondition(elements.count == rows * columns, "A matrix needs rows × columns elements")
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    package init(rows: Int, columns: Int, repeating value: Double = 0) {
        self.init(rows: rows, columns: columns, elements: Array(repeating: value, count: rows * columns))
    }

    /// A matrix from its rows, all of one length.
    package init(_ rows: [[Double]]) {
        self.init(rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
    }

    package static func identity(_ order: Int) -> Matrix { diagonal(Array(repeating: 1, count: order)) }

    package static func diagonal(_ values: [Double]) -> Matrix {
        var matrix = Matrix(rows: values.count, columns: values.count)
        for (index, value) in values.enumerated() { matrix[index, index] = value }
        return matrix
    }

    package subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    package var isSquare: Bool { rows == columns }
    package func row(_ index: Int) -> [Double] { Array(elements[index * columns..<(index + 1) * columns]) }
    package func column(_ index: Int) -> [Double] { (0..<rows).map { self[$0, index] } }
    package var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }
    package var trace: Double { diagonal.reduce(0, +) }
    package var isFinite: Bool { elements.allSatisfy(\.isFinite) }

    /// The largest absolute value of an element; 0 for an empty matrix.
    package var largestMagnitude: Double { elements.reduce(0) { max($0, $1.magnitude) } }

    package var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for i in 0..<rows { for j in 0..<columns { result[j, i] = self[i, j] } }
        return result
    }

    /// The part of the matrix in the given rows and columns, in the given order.
    package func submatrix(rows: [Int], columns: [Int]) -> Matrix {
        Matrix(
            rows: rows.count, columns: columns.count, elements: rows.flatMap { i in columns.map { j in self[i, j] } })
    }

    /// (A + Aᵀ)/2.
    package var symmetrised: Matrix {
        var result = self
        for i in 0..<rows { for j in 0..<i { (result[i, j], result[j, i]) = (mean(i, j), mean(i, j)) } }
        return result
    }

    private func mean(_ i: Int, _ j: Int) -> Double { (self[i, j] + self[j, i]) / 2 }
}
