internal import LinearAlgebra

/// The Λ ⪰ 0 of highest likelihood, by Newton's method with damping.
///
/// At Λ = V diag(d²)Vᵀ, d descending, the neighbours are V(diag(d) + δ)(diag(d) + δ)ᵀVᵀ with δ lower triangular: a
/// Cholesky factor in the eigenvectors' coordinates, which stays a good chart where Λ is singular. With J = ∂Λ/∂δ and
/// Γ = ∂l/∂Λ in those coordinates, ∂l/∂δ_ij = 2Γ_ijd_j and the Hessian is −JᵀIJ + 2Γ (of rows i, i′ in one column), I
/// the observed information; where that is not negative definite, the expected one with Levenberg and Marquardt's
/// damping. A step counts only if the likelihood rises. At a boundary the δ of a zero d have curvature 2Γ < 0, so
/// convergence stays quadratic there.
struct LikelihoodMaximum: Sendable {
    /// In the blocks' units.
    let covariance: Matrix
    let rank: Int
    /// V's columns, by descending eigenvalue.
    let vectors: Matrix
    let value: LikelihoodValue
    let derivatives: LikelihoodDerivatives
    /// Steps taken.
    let iterations: Int

    /// Gains in log-likelihood below this end the search; the step that promised it is still taken.
    static let tolerance = 1e-10
    static let limit = 200

    /// - Throws: `noConvergence`; `singularNoise` where the likelihood does not exist at the start.
    init(_ blocks: LikelihoodBlocks, start: Matrix, intercept: Bool, metrics: [String]) throws(EstimationError) {
        guard let first = blocks.value(start, intercept: intercept) else { throw .singularNoise(metrics: metrics) }
        var point = (lambda: start, value: first)
        var (damping, steps, passes, restarts) = (0.0, 0, 0, 0)
        search: while true {
            guard let derivatives = blocks.derivatives(point.lambda, point.value),
                var chart = LikelihoodChart(point.lambda)
            else { throw .noConvergence(method: "reml") }
            while true {
                passes += 1
                guard passes <= LikelihoodMaximum.limit else { throw .noConvergence(method: "reml") }
                guard let step = chart.step(derivatives, damping: damping) else {
                    damping = max(1e-3, 10 * damping)
                    continue
                }
                damping = step.damping
                let isLast = step.gain <= LikelihoodMaximum.tolerance
                if isLast, step.isDamped, restarts < 5, chart.lift() {
                    // A zero direction along which the likelihood would rise: leave it and go on.
                    restarts += 1
                    damping = 0
                    point.lambda = chart.covariance
                    guard let lifted = blocks.value(point.lambda, intercept: intercept) else {
                        throw .noConvergence(method: "reml")
                    }
                    point.value = lifted
                    continue search
                }
                let slack = 1e-13 * (point.value.logLikelihood.magnitude + Double(blocks.count))
                if let next = blocks.value(step.covariance, intercept: intercept),
                    next.logLikelihood >= point.value.logLikelihood - (isLast ? slack : 0)
                {
                    let gain = next.logLikelihood - point.value.logLikelihood
                    if gain > 0.75 * step.gain { damping = damping < 1e-4 ? 0 : damping / 10 }
                    point = (step.covariance, next)
                    steps += 1
                    if isLast { break search }
                    continue search
                }
                if isLast || step.gain <= slack { break search }
                damping = max(1e-3, 10 * damping)
            }
        }
        var rank = blocks.order
        // A direction is a zero of Λ̂ where making it one costs no likelihood.
        if let chart = LikelihoodChart(point.lambda) {
            for kept in (0..<blocks.order).reversed() {
                guard chart.roots[kept] * chart.roots[kept] < 1e-4,
                    let value = blocks.value(chart.covariance(rank: kept), intercept: intercept),
                    value.logLikelihood >= point.value.logLikelihood - 1e-8
                else { break }
                point = (chart.covariance(rank: kept), value)
                rank = kept
            }
        }
        guard let derivatives = blocks.derivatives(point.lambda, point.value),
            let chart = LikelihoodChart(point.lambda)
        else { throw .noConvergence(method: "reml") }
        self.rank = rank
        covariance = point.lambda
        vectors = chart.vectors
        value = point.value
        self.derivatives = derivatives
        iterations = steps
    }
}
