import LinearAlgebra
import Testing

@Suite struct FactorisationTests {
    /// Eigenvalues of the second-difference matrix are 2 − 2cos(jπ/5); tolerance 1e-14.
    @Test func eigenvaluesOfSecondDifferences() throws {
        let matrix = Matrix([[2, -1, 0, 0], [-1, 2, -1, 0], [0, -1, 2, -1], [0, 0, -1, 2]])
        let expected = [0.381966011250105, 1.381966011250105, 2.618033988749895, 3.618033988749895]
        let eigen = try SymmetricEigen(matrix)
        for (value, reference) in zip(eigen.values, expected) { #expect(abs(value - reference) < 1e-14) }
        #expect((eigen.mapValues { $0 } - matrix).largestMagnitude < 1e-14)
        #expect((eigen.vectors.transposed * eigen.vectors - .identity(4)).largestMagnitude < 1e-14)
    }

    /// Hilbert matrix of order 4: its inverse is known in integers (OEIS A005249's family); tolerance 1e-9.
    @Test func inverseOfHilbert() throws {
        let hilbert = Matrix((0..<4).map { i in (0..<4).map { j in 1 / Double(i + j + 1) } })
        let expected = Matrix([
            [16, -120, 240, -140], [-120, 1200, -2700, 1680], [240, -2700, 6480, -4200], [-140, 1680, -4200, 2800],
        ])
        #expect((try Cholesky(hilbert).inverse - expected).largestMagnitude < 1e-8)
        let solution = try PivotedLU(hilbert).solve(hilbert * [1, -2, 3, -4])
        for (value, reference) in zip(solution, [1.0, -2, 3, -4]) { #expect(abs(value - reference) < 1e-11) }
    }

    /// Mγ = κBγ holds, and κ of (B, B) is 1; tolerance 1e-13.
    @Test func generalisedProblem() throws {
        let metric = Matrix([[4, 1, 0.5], [1, 3, -0.2], [0.5, -0.2, 2]])
        let matrix = Matrix([[1, 0.3, 0.1], [0.3, -2, 0.4], [0.1, 0.4, 5]])
        let eigen = try GeneralisedEigen(matrix, metric)
        for j in 0..<3 {
            let vector = eigen.vectors.column(j)
            let right = (metric * vector).map { $0 * eigen.values[j] }
            for (a, b) in zip(matrix * vector, right) { #expect(abs(a - b) < 1e-13) }
            #expect(abs(metric.quadraticForm(vector, vector) - 1) < 1e-13)
        }
        for value in try GeneralisedEigen(metric, metric).values { #expect(abs(value - 1) < 1e-13) }
    }

    @Test func indefiniteMatricesHaveNoCholeskyFactor() {
        #expect(throws: LinearAlgebraError.notPositiveDefinite(row: 1)) { try Cholesky(Matrix([[1, 2], [2, 1]])) }
        #expect(throws: LinearAlgebraError.notPositiveDefinite(row: 1)) { try Cholesky(Matrix([[1, 1], [1, 1]])) }
        #expect(throws: LinearAlgebraError.notFinite) { try Cholesky(Matrix([[.nan]])) }
        #expect(throws: LinearAlgebraError.singular(column: 1)) { try PivotedLU(Matrix([[1, 2], [2, 4]])) }
    }

    @Test func packedTrianglesUnpack() {
        let matrix = Matrix([[1, 2, 4], [2, 3, 5], [4, 5, 6]])
        #expect(PackedSymmetric.pack(matrix) == [1, 2, 3, 4, 5, 6])
        #expect(PackedSymmetric.unpack([0, 1, 2, 3, 4, 5, 6], at: 1, order: 3) == matrix)
    }
}
