internal import Probability

/// τ² by each estimator, on one level.
struct HeterogeneitySearch: Sendable {
    let model: EffectModel
    let estimator: HeterogeneityEstimator

    private var isRestricted: Bool { estimator != .ml }

    func point(_ tauSquared: Double, _ order: ModelSums.Order = .likelihood) throws(EstimationError) -> LikelihoodPoint
    {
        try LikelihoodPoint(model, Components(arm: tauSquared), order)
    }

    /// τ̂², no less than 0.
    ///
    /// - Throws: `noConvergence`.
    func estimate() throws(EstimationError) -> Double {
        switch estimator {
        case .reml, .ml: return try maximum()
        case .fixed: return 0
        case .dl:
            let start = try point(0, .score)
            return max(0, (start.residual - start.degreesOfFreedom) / start.projectedTrace(0))
        case .pm, .eb: return try tauSquared(whereQIs: Double(model.count - model.columnCount))
        case .he:
            let noise = try UnweightedNoise(model)
            return max(0, (noise.residual - noise.trace) / noise.degreesOfFreedom)
        case .sj:
            let start = spread
            guard start > 0 else { return 0 }
            let found = try point(start)
            return start * found.residual / found.degreesOfFreedom
        case .hs:
            let start = try point(0)
            let precision = model.own.reduce(0) { $0 + 1 / $1 }
            return max(0, (start.residual - Double(model.count)) / precision)
        }
    }

    /// τ₀² = Σ(δ − δ̄)²/N.
    private var spread: Double { SampleMoments.variance(model.centred) * Double(model.count - 1) / Double(model.count) }

    /// Of τ̂², as metafor has it for each estimator; with correlated noise Σ1/(s² + τ²) is tr B⁻¹. nil for `fixed`, and
    /// where the information is not positive.
    ///
    /// - Throws: `noConvergence`.
    func standardError(_ tauSquared: Double) throws(EstimationError) -> Double? {
        let variance: Double
        switch estimator {
        case .fixed: return nil
        case .reml, .ml:
            variance = 1 / (try point(tauSquared, .information)).expectedInformation(0, 0, restricted: isRestricted)
        case .dl, .hs:
            let start = try point(0, .information)
            let (trace, square) = (start.projectedTrace(0), start.projectedSquareTrace(0, 0))
            let divisor = estimator == .dl ? trace : model.own.reduce(0) { $0 + 1 / $1 }
            variance =
                (2 * start.degreesOfFreedom + 4 * tauSquared * trace + 2 * tauSquared * tauSquared * square)
                / (divisor * divisor)
        case .pm, .eb:
            let found = try point(tauSquared, .score)
            let count = Double(found.count)
            variance = 2 * count * count / found.degreesOfFreedom / (found.sums.traces[0] * found.sums.traces[0])
        case .he:
            let noise = try UnweightedNoise(model)
            let n = noise.degreesOfFreedom
            variance =
                (2 * noise.squareTrace + 4 * tauSquared * noise.trace + 2 * tauSquared * tauSquared * n) / (n * n)
        case .sj:
            // V = B₀ − τ₀²I and PB₀P = P, so traces of PV are those of P.
            let start = spread
            guard start > 0 else { return nil }
            let found = try point(start, .information)
            let n = found.degreesOfFreedom
            let (trace, square) = (found.projectedTrace(0), found.projectedSquareTrace(0, 0))
            let noise = n - 2 * start * trace + start * start * square
            let mixed = trace - start * square
            variance =
                start * start * (2 * noise + 4 * tauSquared * mixed + 2 * tauSquared * tauSquared * square) / (n * n)
        }
        return variance >= 0 && variance.isFinite ? variance.squareRoot() : nil
    }

    /// The global maximum over τ² ≥ 0.
    ///
    /// The profile is scanned on 0 and a logarithmic grid, which finds the right hill where there are several; the root
    /// of the score next to the best point is then polished by Brent's method. 0 where the score is not positive there.
    func maximum() throws(EstimationError) -> Double {
        let grid = try VarianceGrid(model)
        var best = 0
        var highest = -Double.infinity
        for (index, tauSquared) in grid.values.enumerated() {
            let value = try point(tauSquared).logLikelihood(restricted: isRestricted)
            if value > highest { (best, highest) = (index, value) }
        }
        if best <= 1, try score(0) <= 0 { return 0 }
        let lower = grid.values[max(0, best - 1)]
        let upper = grid.values[min(grid.values.count - 1, best + 1)]
        return try EstimationRoot.find(lower, upper, tolerance: 1e-13 * upper, score) ?? grid.values[best]
    }

    /// A root of the score near a value that is one for almost the same effects; nil where there is none.
    func maximum(near tauSquared: Double) throws(EstimationError) -> Double? {
        guard tauSquared > 0 else { return nil }
        return try EstimationRoot.find(tauSquared / 2, tauSquared * 2, tolerance: 1e-12 * tauSquared, score)
    }

    private func score(_ tauSquared: Double) throws(EstimationError) -> Double {
        try point(tauSquared, .score).score(restricted: isRestricted)
    }

    /// The τ² at which Q(τ²) = yᵀPy, which falls in τ², equals a value; 0 where it is below that already at 0.
    func tauSquared(whereQIs target: Double) throws(EstimationError) -> Double {
        func excess(_ tauSquared: Double) throws(EstimationError) -> Double {
            try point(tauSquared).residual - target
        }
        guard try excess(0) > 0 else { return 0 }
        var upper = VarianceGrid.noise(model)
        while try excess(upper) > 0 {
            upper *= 2
            guard upper < 1e300 else { throw .noConvergence(method: "Q-profile") }
        }
        return try EstimationRoot.find(0, upper, tolerance: 1e-13 * upper, excess) ?? upper
    }

    /// Where the profile likelihood has fallen by `drop` from the estimate, on both sides; 0 where it has not by then.
    func profile(_ tauSquared: Double, drop: Double) throws(EstimationError) -> (lower: Double, upper: Double) {
        let top = try point(tauSquared).logLikelihood(restricted: isRestricted)
        func excess(_ tauSquared: Double) throws(EstimationError) -> Double {
            try point(tauSquared).logLikelihood(restricted: isRestricted) - top + drop
        }
        return try ProfileEnds.find(around: tauSquared, start: VarianceGrid.noise(model), excess)
    }
}
