internal import Parallelism
internal import Probability

/// p(τ | δ) up to quadrature: μ and θ integrate out in closed form.
///
/// With τ = s tan(πu/2), 0 < u < 1, the density of u is integrated by Gauss–Legendre panels of 16 nodes that are halved
/// where their Legendre coefficients have not decayed, until what they may miss of the total, and of the moments of τ
/// that exist, is below 1e-11 in any panel, or the rounding error of a log-likelihood of so many effects. The same
/// coefficients give the distribution function between nodes.
struct TauPosterior: Sendable {
    let blocks: NoiseBlocks
    let prior: Prior
    /// s.
    let scale: Double
    let tail: PosteriorTail
    private(set) var panels: [QuadraturePanel] = []
    /// log of the largest density of u that was met, by which the panels are scaled.
    private(set) var logMaximum = -Double.infinity
    /// ∫ density du, scaled.
    private(set) var total = 0.0

    static let rule = QuadratureRule(count: 16)

    /// Whether E[τ] and E[τ²] are finite.
    var hasMean: Bool { tail.hasMean }
    var hasVariance: Bool { tail.hasVariance }

    /// - Throws: `noConvergence` where 4000 panels do not do, or the density is not finite.
    init(_ blocks: NoiseBlocks, prior: Prior) throws(EstimationError) {
        var table = LikelihoodTable(blocks)
        try self.init(&table, prior: prior)
    }

    /// The same with sums that other priors have met, which gains those that this one meets.
    ///
    /// - Throws: as the other.
    init(_ table: inout LikelihoodTable, prior: Prior) throws(EstimationError) {
        blocks = table.blocks
        self.prior = prior
        tail = PosteriorTail(prior, effectCount: table.blocks.count, scale: table.scale)
        scale = tail.scale
        try integrate(&table)
    }

    func tau(_ u: Double) -> Double { scale * Elementary.tan(Double.pi * u / 2) }
    func u(_ tau: Double) -> Double { Elementary.atan(tau / scale) * 2 / Double.pi }

    /// log of p(δ | τ) p(τ) without the constant (2π)^(−n/2), n the effects, or n − 1 with a flat prior on μ.
    func logDensity(_ tau: Double) -> Double { logDensity(tau, blocks.information(tau * tau)) }

    private func logDensity(_ tau: Double, _ sums: InformationSums) -> Double {
        prior.heterogeneity.logDensity(tau) + logLikelihood(sums)
    }

    /// log p(δ | τ) without that constant.
    func logLikelihood(_ sums: InformationSums) -> Double {
        switch prior.mean {
        case .flat: return -(sums.logDeterminant + Elementary.log(sums.precision) + sums.residual) / 2
        case .normal(let mean, let deviation):
            let shift = mean - blocks.centre
            let variance = deviation * deviation
            let gap = (sums.mean - shift) * (sums.mean - shift) / (1 / sums.precision + variance)
            // δᵀPδ + (μ̂ − m)²/(1/p + s²): both parts positive.
            let determinant = sums.logDeterminant + Elementary.log1p(sums.precision * variance)
            return -(determinant + sums.residual + gap) / 2
        }
    }

    /// log ∫ p(δ | τ) p(τ) dτ without that constant.
    var logEvidence: Double { logMaximum + Elementary.log(total * scale * Double.pi / 2) }

    /// μ | τ, δ: mean (of the centred effects) and variance.
    func conditionalMean(_ sums: InformationSums) -> (mean: Double, variance: Double) {
        guard case .normal(let mean, let deviation) = prior.mean else { return (sums.mean, 1 / sums.precision) }
        let variance = deviation * deviation
        let shrinkage = 1 / (1 + sums.precision * variance)
        return (shrinkage * (sums.weighted * variance + mean - blocks.centre), shrinkage * variance)
    }

    private mutating func integrate(_ table: inout LikelihoodTable) throws(EstimationError) {
        let bound = prior.heterogeneity.upperBound
        let end = bound == .infinity ? 1 : u(bound)
        let first = 8
        var edges = (0...first).map { Double($0) / Double(first) * end }
        if tail.start < .infinity { edges.insert(u(tail.start), at: first) }
        for (a, b) in zip(edges, edges.dropFirst()) { panels.append(try panel(a, b, &table)) }
        let tolerance = max(1e-11, 4 * Double(blocks.count) * Double.ulpOfOne)
        while true {
            let integrals = panels.map { $0.integrals(relativeTo: logMaximum) }
            var totals = [0.0, 0.0]
            for integral in integrals { for i in 0..<2 { totals[i] += integral.value[i] } }
            guard totals[0] > 0, totals[0].isFinite else { throw .noConvergence(method: "The quadrature over τ") }
            var next: [QuadraturePanel] = []
            var isDone = true
            for (panel, integral) in zip(panels, integrals) {
                let share = (0..<2).map { totals[$0] > 0 ? integral.error[$0] / totals[$0] : 0 }.max() ?? 0
                if share > tolerance, panel.halfWidth > 1e-14 * panel.centre {
                    isDone = false
                    next.append(try self.panel(panel.centre - panel.halfWidth, panel.centre, &table))
                    next.append(try self.panel(panel.centre, panel.centre + panel.halfWidth, &table))
                } else {
                    next.append(panel)
                }
            }
            panels = next
            total = totals[0]
            if isDone { return }
            guard panels.count <= 4000 else { throw .noConvergence(method: "The quadrature over τ") }
        }
    }

    private mutating func panel(
        _ a: Double, _ b: Double, _ table: inout LikelihoodTable
    ) throws(EstimationError) -> QuadraturePanel {
        guard !Cancellation.isRequested else { throw .cancelled }
        let (centre, half) = ((a + b) / 2, (b - a) / 2)
        let us = TauPosterior.rule.nodes.map { centre + half * $0 }
        let taus = us.map(tau)
        let sums = table.sums(taus)
        var values: [Double] = []
        for (tau, sums) in zip(taus, sums) {
            let tangent = tau / scale
            let value = logDensity(tau, sums) + Elementary.log1p(tangent * tangent)
            guard !value.isNaN, value < .infinity else { throw .noConvergence(method: "The quadrature over τ") }
            logMaximum = max(logMaximum, value)
            values.append(value)
        }
        return QuadraturePanel(
            centre: centre, halfWidth: half, logValues: values, taus: taus, sums: sums,
            extra: taus.map { 1 + tail.power($0 / scale, within: $0 <= tail.start) })
    }
}
