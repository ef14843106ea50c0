internal import LinearAlgebra

extension Matrix {
    /// A covariance without what rounding did to it: a variance below 10⁻¹² of what it was made of is 0 with all its
    /// covariances, and no correlation is beyond ±1.
    func repaired(against before: [Double]) -> Matrix {
        var result = symmetrised
        for i in 0..<rows where !(result[i, i] > 1e-12 * before[i]) {
            for j in 0..<rows { (result[i, j], result[j, i]) = (0, 0) }
        }
        for i in 0..<rows {
            for j in 0..<i {
                let limit = (result[i, i] * result[j, j]).squareRoot()
                let value = min(max(result[i, j], -limit), limit)
                (result[i, j], result[j, i]) = (value, value)
            }
        }
        return result
    }
}
