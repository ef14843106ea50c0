/// The layout of a symmetric matrix as its lower triangle by rows: (0,0), (1,0), (1,1), (2,0) …
///
/// Element (i, j) with i ≥ j is at i(i+1)/2 + j. Long runs of small matrices are kept this way in flat arrays.
package enum PackedSymmetric {
    /// How many numbers a matrix of this order takes.
    package static func count(order: Int) -> Int { order * (order + 1) / 2 }

    package static func index(_ i: Int, _ j: Int) -> Int { i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i }

    /// The lower triangle of a square matrix; its upper triangle is not read.
    package static func pack(_ matrix: Matrix) -> [Double] {
        (0..<matrix.rows).flatMap { i in (0...i).map { j in matrix[i, j] } }
    }

    /// The full matrix from the packed triangle at `offset`.
    package static func unpack(_ elements: [Double], at offset: Int = 0, order: Int) -> Matrix {
        var matrix = Matrix(rows: order, columns: order)
        for i in 0..<order {
            for j in 0...i {
                matrix[i, j] = elements[offset + index(i, j)]
                matrix[j, i] = matrix[i, j]
            }
        }
        return matrix
    }
}
