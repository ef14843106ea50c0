internal import LinearAlgebra
internal import Probability

/// Values of τ with weights, and μ given each: what posteriors of effects are averaged over.
struct TauRule: Sendable {
    let taus: [Double]
    let weights: [Double]
    /// μ | τ, of the centred effects.
    let means: [Double]
    let variances: [Double]

    var count: Int { taus.count }
}

extension TauDistribution {
    /// All nodes whose weight counts.
    var fullRule: TauRule {
        let kept = weights.indices.filter { weights[$0] > 1e-13 }
        return TauRule(
            taus: kept.map { taus[$0] }, weights: kept.map { weights[$0] }, means: kept.map { means[$0] },
            variances: kept.map { variances[$0] })
    }

    /// Gauss's rule of few nodes for the posterior itself: exact for polynomials of degree 2·count − 1 in ½ log(τ² + v),
    /// v the least variance of μ | τ; true effects' standard deviations are smooth in it, down to τ = 0. nil where a rule
    /// of so few nodes cannot be made.
    ///
    /// The Jacobi matrix by Lanczos's algorithm on the nodes, orthogonalised in full; nodes are its eigenvalues, weights
    /// the squares of its eigenvectors' first components. Source: Golub and Welsch, Mathematics of Computation 23, 1969;
    /// Gautschi, *Orthogonal Polynomials*, 2004, section 2.2.
    func gaussRule(_ count: Int, of full: TauRule) -> TauRule? {
        guard count < full.count, let floor = full.variances.first else { return nil }
        let logs = full.taus.map { Elementary.log($0 * $0 + floor) / 2 }
        let centre = zip(logs, full.weights).reduce(0) { $0 + $1.0 * $1.1 }
        let spread = zip(logs, full.weights).reduce(0) { $0 + ($1.0 - centre) * ($1.0 - centre) * $1.1 }.squareRoot()
        guard spread > 0 else { return nil }
        let x = logs.map { ($0 - centre) / spread }
        var basis = [full.weights.map { $0.squareRoot() }]
        var jacobi = Matrix(rows: count, columns: count)
        for k in 0..<count {
            var next = zip(x, basis[k]).map { $0 * $1 }
            for _ in 0..<2 {
                for (j, vector) in basis.enumerated() {
                    let product = zip(vector, next).reduce(0) { $0 + $1.0 * $1.1 }
                    if j == k { jacobi[k, k] += product }
                    for i in next.indices { next[i] -= product * vector[i] }
                }
            }
            guard k + 1 < count else { break }
            let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 1e-10 else { return nil }
            (jacobi[k, k + 1], jacobi[k + 1, k]) = (length, length)
            basis.append(next.map { $0 / length })
        }
        guard let eigen = try? SymmetricEigen(jacobi) else { return nil }
        let taus = eigen.values.map { (Elementary.exp(2 * ($0 * spread + centre)) - floor).squareRoot() }
        guard taus.allSatisfy(\.isFinite) else { return nil }
        let mu = posterior.blocks.information(taus.map { $0 * $0 }).map(posterior.conditionalMean)
        let weights = (0..<count).map { eigen.vectors[0, $0] * eigen.vectors[0, $0] }
        return TauRule(taus: taus, weights: weights, means: mu.map(\.mean), variances: mu.map(\.variance))
    }
}
