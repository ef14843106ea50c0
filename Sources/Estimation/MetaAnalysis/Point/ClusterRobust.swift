internal import LinearAlgebra
internal import Parallelism

/// Bell and McCaffrey's bias-reduced cluster-robust covariance (CR2) by experiment, working covariance B.
///
/// V = M Σ_k X_kᵀW_kA_kr_kr_kᵀA_kW_kX_k M with W = B⁻¹, M = (XᵀWX)⁻¹ and A_k = L(Lᵀ(B_k − X_kMX_kᵀ)L)^(−½)Lᵀ, B_k = LLᵀ;
/// its expectation under B is that of the true covariance. A contrast cᵀβ̂ has Satterthwaite's degrees of freedom
/// (tr Γ)²/tr ΓΓ, Γ_kl = [k = l] q_kᵀB_kq_k − u_kᵀMu_l with q_k = A_kW_kX_kMc and u_k = X_kᵀq_k. Cubic in an experiment's
/// arms, linear in experiments. Sources: Bell and McCaffrey, Survey Methodology 28(2), 2002; Pustejovsky and Tipton, Journal
/// of Business & Economic Statistics 36(4), 2018 (clubSandwich's `CR2`).
struct ClusterRobust: Sendable {
    let fit: FittedModel
    /// Cubic work in memory and time ends here.
    static let armLimit = 300

    /// Covariance of the standardised coefficients, and degrees of freedom of each contrast of them.
    ///
    /// - Throws: `noConvergence` where an experiment's matrices are not finite.
    func estimate(contrasts: [[Double]]) throws(EstimationError) -> (covariance: Matrix, degreesOfFreedom: [Double]) {
        let chunks = Chunks(of: fit.model.blockCount, size: EffectModel.chunk)
        let inverse = fit.point.inverse
        let directions = contrasts.map { inverse * $0 }
        let parts = concurrentMap(chunks.count) { chunk in sums(chunks[chunk], directions) }
        let p = fit.model.columnCount
        var meat = Matrix(rows: p, columns: p)
        var totals = Array(repeating: SatterthwaiteSums(p), count: contrasts.count)
        for part in parts {
            guard let part else { throw .noConvergence(method: "Robust errors") }
            meat = meat + part.meat
            for c in contrasts.indices { totals[c].add(part.contrasts[c]) }
        }
        return ((inverse * meat * inverse).symmetrised, totals.map { $0.degreesOfFreedom(inverse) })
    }

    private func sums(
        _ blocks: Range<Int>, _ directions: [[Double]]
    ) -> (meat: Matrix, contrasts: [SatterthwaiteSums])? {
        let p = fit.model.columnCount
        var meat = Matrix(rows: p, columns: p)
        var contrasts = Array(repeating: SatterthwaiteSums(p), count: directions.count)
        var solver = BlockSolver(fit.model, fit.components)
        for k in blocks {
            solver.load(k)
            let design = fit.model.block(k)
            guard let adjusted = adjusted(design, &solver) else { return nil }
            let score = adjusted.transposed * fit.model.residuals(k, fit.point.beta)
            meat = meat + Matrix.outer(score, score)
            let covariance = solver.covariance
            for (c, direction) in directions.enumerated() {
                let q = adjusted * direction
                contrasts[c].add(
                    form: covariance.quadraticForm(q, q), vector: design.transposed * q, inverse: fit.point.inverse)
            }
        }
        return (meat, contrasts)
    }

    /// A_kW_kX_k; nil where it is not finite.
    private func adjusted(_ design: Matrix, _ solver: inout BlockSolver) -> Matrix? {
        var weighted = design
        for a in 0..<design.columns {
            var column = design.column(a)
            solver.solve(&column)
            for i in column.indices { weighted[i, a] = column[i] }
        }
        let covariance = solver.covariance
        guard let lower = try? Cholesky(covariance).lower else { return nil }
        let left = covariance - design * fit.point.inverse * design.transposed
        let scale = (lower.transposed * covariance * lower).largestMagnitude
        guard let eigen = try? SymmetricEigen((lower.transposed * left * lower).symmetrised) else { return nil }
        let root = eigen.mapValues { $0 > 1e-12 * scale ? 1 / $0.squareRoot() : 0 }
        return lower * root * lower.transposed * weighted
    }
}

/// Running sums of one contrast's tr Γ and tr ΓΓ.
private struct SatterthwaiteSums: Sendable {
    private var trace = 0.0
    private var square = 0.0
    /// Σ u_ku_kᵀ.
    private var outer: Matrix

    init(_ p: Int) { outer = Matrix(rows: p, columns: p) }

    mutating func add(form: Double, vector: [Double], inverse: Matrix) {
        let correction = inverse.quadraticForm(vector, vector)
        trace += form - correction
        square += form * form - 2 * form * correction
        outer = outer + Matrix.outer(vector, vector)
    }

    mutating func add(_ other: SatterthwaiteSums) {
        trace += other.trace
        square += other.square
        outer = outer + other.outer
    }

    func degreesOfFreedom(_ inverse: Matrix) -> Double {
        let product = inverse * outer
        return trace * trace / (square + (product * product).trace)
    }
}

extension EffectModel {
    /// X_k.
    fileprivate func block(_ k: Int) -> Matrix {
        let range = range(k)
        return Matrix(
            rows: range.count, columns: columnCount,
            elements: range.flatMap { j in (0..<columnCount).map { column($0, j) } })
    }

    /// y_k − X_kβ.
    func residuals(_ k: Int, _ beta: [Double]) -> [Double] {
        range(k).map { j in
            var residual = effects[j]
            for a in beta.indices { residual -= column(a, j) * beta[a] }
            return residual
        }
    }
}

extension BlockSolver {
    /// B_k.
    fileprivate var covariance: Matrix {
        var matrix = Matrix.diagonal(weights.map { 1 / $0 })
        for term in active {
            for i in 0..<count {
                for j in 0..<count { matrix[i, j] += term.coefficient * term.direction[i] * term.direction[j] }
            }
        }
        return matrix
    }
}
