internal import Probability

/// The profile likelihood of τ² of a common mean, restricted for every estimator but `ml`, and its maximum.
struct Heterogeneity: Sendable {
    let blocks: NoiseBlocks
    let estimator: HeterogeneityEstimator

    /// −½(log |B| + δᵀPδ [+ log 1ᵀB⁻¹1] + constants).
    func logLikelihood(_ tauSquared: Double) -> Double {
        let sums = blocks.information(tauSquared)
        let count = Double(blocks.count)
        if estimator == .ml { return -(sums.logDeterminant + sums.residual + count * Elementary.logTwoPi) / 2 }
        let terms = sums.logDeterminant + sums.residual + Elementary.log(sums.precision)
        return -(terms + (count - 1) * Elementary.logTwoPi - Elementary.log(count)) / 2
    }

    /// Its derivative: ½(δᵀPPδ − tr P) for REML, ½(δᵀPPδ − tr B⁻¹) for ML.
    func score(_ tauSquared: Double) -> Double {
        let sums = CurvatureSums(blocks, tauSquared)
        return (sums.projectedSquare - (estimator == .reml ? sums.projectedTrace : sums.trace)) / 2
    }

    /// √(2/tr PP) for REML, √(2/tr B⁻²) for ML.
    func standardError(_ tauSquared: Double) -> Double? {
        let sums = CurvatureSums(blocks, tauSquared)
        let information = estimator == .reml ? sums.projectedTraceOfSquare : sums.traceOfSquare
        return information > 0 && information.isFinite ? (2 / information).squareRoot() : nil
    }

    /// The global maximum over τ² ≥ 0.
    ///
    /// The profile is scanned on 0 and a logarithmic grid, which finds the right hill where there are several; the root
    /// of the score next to the best point is then polished by Brent's method. 0 where the score is not positive there.
    /// - Throws: `noConvergence` for effects so large that the profile is not finite.
    func maximum() throws(EstimationError) -> Double {
        var spread = 0.0
        for effect in blocks.effects { spread += effect * effect }
        spread /= Double(max(1, blocks.count - 1))
        let noise = SampleMoments.mean(blocks.own)
        let top = 10 * (spread + noise)
        guard top.isFinite, top > 0 else { throw .noConvergence(method: estimator.rawValue) }
        let steps = 48
        let bottom = 1e-8 * noise
        let ratio = Elementary.log(top / bottom) / Double(steps)
        let grid = [0] + (0...steps).map { bottom * Elementary.exp(Double($0) * ratio) }
        let values = grid.map(logLikelihood)
        guard values.allSatisfy(\.isFinite) else { throw .noConvergence(method: estimator.rawValue) }
        var best = 0
        for (index, value) in values.enumerated() where value > values[best] { best = index }
        let lower = grid[max(0, best - 1)]
        if best <= 1, score(0) <= 0 { return 0 }
        let upper = grid[min(grid.count - 1, best + 1)]
        guard let root = RootFinding.root(score, lower: lower, upper: upper, tolerance: 1e-13 * upper) else {
            return grid[best]
        }
        return root
    }

    /// A maximum near a value that is one for almost the same effects; the global search where there is none.
    ///
    /// - Throws: `noConvergence`.
    func maximum(near tauSquared: Double) throws(EstimationError) -> Double {
        guard tauSquared > 0,
            let root = RootFinding.root(
                score, lower: tauSquared / 2, upper: tauSquared * 2, tolerance: 1e-10 * tauSquared)
        else { return try maximum() }
        return root
    }

    /// The τ² at which Q(τ²) = δᵀPδ, which falls in τ², equals a value; 0 where it is below that already at 0.
    func tauSquared(whereQIs target: Double) -> Double {
        func excess(_ tauSquared: Double) -> Double { blocks.information(tauSquared).residual - target }
        guard excess(0) > 0 else { return 0 }
        var upper = max(SampleMoments.mean(blocks.own), 1e-300)
        while upper < 1e300, excess(upper) > 0 { upper *= 2 }
        return RootFinding.root(excess, lower: 0, upper: upper, tolerance: 1e-13 * upper) ?? .infinity
    }
}
