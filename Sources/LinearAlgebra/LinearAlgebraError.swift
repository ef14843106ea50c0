/// Why a factorisation has no result.
package enum LinearAlgebraError: Error, Equatable, Sendable {
    /// The pivot at this row is not above rounding error.
    case notPositiveDefinite(row: Int)
    /// No pivot above rounding error is left at this column.
    case singular(column: Int)
    /// An element is infinite or not a number.
    case notFinite
    /// An iteration has not converged.
    case noConvergence
}
