internal import LinearAlgebra

/// θ_i = c + m_i + √d_i ε_i + Σ_a R_ai h_a: what moves all effects alike, c, taken out of the factors.
///
/// Which variant is best does not depend on c, and c's part that is independent of h integrates in closed form. With
/// weights 1/d, c = āᵀf for the mean loadings ā, and R f, the rest, is turned to principal axes; axes that move nothing
/// are dropped, and the first of those kept is turned so that c = slope h_1 + √(rest) times an independent normal.
struct ShiftedFactors: Sendable {
    /// axes[a][i] = R_ai.
    private(set) var axes: [[Double]] = []
    /// S_a = Σ_i R_ai²/d_i: how far h_a moves variants against each other, in their own standard deviations.
    private(set) var spreads: [Double] = []
    /// c's slope in h_1.
    private(set) var slope = 0.0
    /// The standard deviation of c's part that is independent of every h.
    private(set) var rest = 0.0

    init(_ law: FactorNormal) throws(EstimationError) {
        let precisions = law.deviations.map { 1 / ($0 * $0) }
        var total = 0.0
        for precision in precisions { total += precision }
        guard total.isFinite, total > 0 else { throw .noConvergence(method: "The probability of being best") }
        let means = law.loadings.map { loading in
            var sum = 0.0
            for (weight, value) in zip(precisions, loading) { sum += weight / total * value }
            return sum
        }
        let residuals = zip(law.loadings, means).map { loading, mean in loading.map { $0 - mean } }
        func form(_ x: [Double], _ y: [Double]) -> Double {
            var sum = 0.0
            for i in x.indices { sum += precisions[i] * x[i] * y[i] }
            return sum
        }
        let order = residuals.count
        var gram = Matrix(rows: order, columns: order)
        for r in 0..<order { for s in 0..<order { gram[r, s] = form(residuals[r], residuals[s]) } }
        guard let eigen = try? SymmetricEigen(gram) else {
            throw .noConvergence(method: "The probability of being best")
        }
        // What is left of a factor after rounding moves nothing.
        var whole = 0.0
        for loading in law.loadings { whole += form(loading, loading) }
        let least = max(1e-20, 1e-15 * (eigen.values.last ?? 0), 1e-30 * whole)
        var kept: [[Double]] = []
        var shifts: [Double] = []
        var lost = 0.0
        for e in 0..<order {
            let vector = eigen.vectors.column(e)
            let shift = ShiftedFactors.product(vector, means)
            if eigen.values[e] > least, law.means.count > 1 {
                kept.append(vector)
                shifts.append(shift)
            } else {
                lost += shift * shift
            }
        }
        rest = lost.squareRoot()
        slope = ShiftedFactors.product(shifts, shifts).squareRoot()
        for direction in ShiftedFactors.basis(from: shifts) {
            var axis = Array(repeating: 0.0, count: law.means.count)
            for (coordinate, vector) in zip(direction, kept) {
                for (r, residual) in residuals.enumerated() {
                    for i in axis.indices { axis[i] += coordinate * vector[r] * residual[i] }
                }
            }
            axes.append(axis)
            spreads.append(form(axis, axis))
        }
    }

    private static func product(_ x: [Double], _ y: [Double]) -> Double {
        var sum = 0.0
        for (a, b) in zip(x, y) { sum += a * b }
        return sum
    }

    /// An orthonormal basis whose first vector points along the given one, by Gram and Schmidt.
    private static func basis(from first: [Double]) -> [[Double]] {
        var basis: [[Double]] = []
        let length = product(first, first).squareRoot()
        var candidates = first.indices.map { i in first.indices.map { $0 == i ? 1.0 : 0 } }
        if length > 0 {
            // The unit vector most like the first gives way to it.
            let largest = first.indices.max { first[$0].magnitude < first[$1].magnitude } ?? 0
            candidates.remove(at: largest)
            candidates.insert(first.map { $0 / length }, at: 0)
        }
        for candidate in candidates {
            var vector = candidate
            for _ in 0..<2 {
                for known in basis {
                    let share = product(known, vector)
                    for i in vector.indices { vector[i] -= share * known[i] }
                }
            }
            let length = product(vector, vector).squareRoot()
            basis.append(vector.map { $0 / length })
        }
        return basis
    }
}
