internal import LinearAlgebra

/// The y ≥ 0 that minimises ½yᵀHy − bᵀy, H positive definite, by active sets.
///
/// Source: Lawson and Hanson, *Solving Least Squares Problems*, 1974, chapter 23.
enum NonnegativeQuadratic {
    /// - Returns: nil where H is not positive definite or the search does not end.
    static func minimum(_ h: Matrix, _ b: [Double], start: [Double]) -> [Double]? {
        var y = start
        var isFree = start.map { $0 > 0 }
        let size = b.reduce(0) { max($0, $1.magnitude) }
        for _ in 0..<(20 * b.count + 50) {
            let free = b.indices.filter { isFree[$0] }
            guard let factor = try? Cholesky(h.submatrix(rows: free, columns: free)) else { return nil }
            let solution = factor.solve(free.map { b[$0] })
            if let least = solution.min(), least <= 0 {
                var step = 1.0
                for (z, i) in zip(solution, free) where z <= 0 { step = min(step, y[i] / (y[i] - z)) }
                for (z, i) in zip(solution, free) {
                    y[i] += step * (z - y[i])
                    if y[i] <= 0 || z <= 0 && y[i] <= 1e-15 * start.reduce(0, +) {
                        y[i] = 0
                        isFree[i] = false
                    }
                }
                continue
            }
            for (z, i) in zip(solution, free) { y[i] = z }
            var entering: (index: Int, slope: Double)?
            for i in b.indices where !isFree[i] {
                var slope = b[i]
                for j in b.indices { slope -= h[i, j] * y[j] }
                if slope > 1e-12 * size, slope > entering?.slope ?? 0 { entering = (i, slope) }
            }
            guard let entering else { return y }
            isFree[entering.index] = true
        }
        return nil
    }
}
