internal import Probability

/// Q and what is read from it: how far effects differ by more than their noise.
///
/// Q = δᵀPδ at τ² = 0 and v = (N − p)/tr P. I² = τ̂²/(τ̂² + v), H² = τ̂²/v + 1; for `fixed` (Q − (N − p))/Q, no less than 0, and
/// Q/(N − p). Source: Higgins and Thompson, Statistics in Medicine 21(11), 2002; metafor's manual.
struct Inconsistency: Sendable {
    let q: Double
    let pValue: Double
    let iSquared: Double
    let hSquared: Double

    /// - Throws: `noConvergence`.
    init(_ fit: FittedModel) throws(EstimationError) {
        let start = try LikelihoodPoint(fit.model, Components(arm: 0), .score)
        let degrees = start.degreesOfFreedom
        q = start.residual
        pValue = ChiSquared(degreesOfFreedom: degrees).upperTail(q)
        if fit.options.estimator == .fixed {
            iSquared = q > degrees ? (q - degrees) / q : 0
            hSquared = q / degrees
        } else {
            let typical = degrees / start.projectedTrace(0)
            iSquared = fit.components.total / (fit.components.total + typical)
            hSquared = fit.components.total / typical + 1
        }
    }
}
