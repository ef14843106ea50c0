internal import Probability

/// p(τ | δ) up to quadrature: μ and θ integrate out in closed form.
///
/// With τ = s tan(πu/2), 0 < u < 1, the density of u is integrated by Gauss–Legendre panels of 16 nodes that are halved
/// where their Legendre coefficients have not decayed, until what they may miss of the total, and of the moments of τ
/// that exist, is below 1e-11 in any panel, or the rounding error of a log-likelihood of so many effects. The same coefficients give the distribution function between nodes.
struct TauPosterior: Sendable {
    let blocks: NoiseBlocks
    let prior: Prior
    /// s.
    let scale: Double
    /// Whether E[τ] and E[τ²] are finite.
    let hasMean: Bool
    let hasVariance: Bool
    private(set) var panels: [QuadraturePanel] = []
    /// log of the largest density of u that was met, by which the panels are scaled.
    private(set) var logMaximum = -Double.infinity
    /// ∫ density du, scaled.
    private(set) var total = 0.0

    static let rule = QuadratureRule(count: 16)

    /// - Throws: `noConvergence` where 4000 panels do not do, or the density is not finite.
    init(_ blocks: NoiseBlocks, prior: Prior) throws(EstimationError) {
        self.blocks = blocks
        self.prior = prior
        var spread = 0.0
        for effect in blocks.effects { spread += effect * effect }
        scale = (spread / Double(blocks.count) + SampleMoments.mean(blocks.own)).squareRoot()
        let tail = Double(blocks.count) - (prior.mean == .flat ? 1 : 0) + prior.heterogeneity.tailPower
        hasMean = tail > 2
        hasVariance = tail > 3
        try integrate()
    }

    func tau(_ u: Double) -> Double { scale * Elementary.tan(Double.pi * u / 2) }
    func u(_ tau: Double) -> Double { Elementary.atan(tau / scale) * 2 / Double.pi }

    /// log of p(δ | τ) p(τ), constants of τ included except those of δ's dimension.
    func logDensity(_ tau: Double) -> Double {
        let sums = blocks.information(tau * tau)
        let likelihood: Double
        switch prior.mean {
        case .flat: likelihood = sums.logDeterminant + Elementary.log(sums.precision) + sums.residual
        case .normal(let mean, let deviation):
            let shift = mean - blocks.centre
            let variance = deviation * deviation
            let precision = sums.precision + 1 / variance
            let mean = sums.mean
            // δᵀPδ + (μ̂ − m)²/(1/p + s²): both parts positive.
            let gap = (mean - shift) * (mean - shift) / (1 / sums.precision + variance)
            likelihood = sums.logDeterminant + Elementary.log(precision * variance) + sums.residual + gap
        }
        return prior.heterogeneity.logDensity(tau) - likelihood / 2
    }

    /// μ | τ, δ: mean (of the centred effects) and variance.
    func conditionalMean(_ tau: Double) -> (mean: Double, variance: Double) {
        let sums = blocks.information(tau * tau)
        guard case .normal(let mean, let deviation) = prior.mean else { return (sums.mean, 1 / sums.precision) }
        let weight = 1 / (deviation * deviation)
        let precision = sums.precision + weight
        return ((sums.weighted + weight * (mean - blocks.centre)) / precision, 1 / precision)
    }

    /// log of the density of u.
    private func logDensity(u: Double) -> Double {
        let tangent = Elementary.tan(Double.pi * u / 2)
        return logDensity(scale * tangent) + Elementary.log1p(tangent * tangent)
    }

    private mutating func integrate() throws(EstimationError) {
        let bound = prior.heterogeneity.upperBound
        let end = bound == .infinity ? 1 : u(bound)
        let first = 8
        for index in 0..<first {
            let (a, b) = (Double(index) / Double(first), Double(index + 1) / Double(first))
            panels.append(try panel(a * end, b * end))
        }
        let tolerance = max(1e-11, 32 * Double(blocks.count) * Double.ulpOfOne)
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
                    next.append(try self.panel(panel.centre - panel.halfWidth, panel.centre))
                    next.append(try self.panel(panel.centre, panel.centre + panel.halfWidth))
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

    private mutating func panel(_ a: Double, _ b: Double) throws(EstimationError) -> QuadraturePanel {
        let (centre, half) = ((a + b) / 2, (b - a) / 2)
        var values: [Double] = []
        var taus: [Double] = []
        for node in TauPosterior.rule.nodes {
            let u = centre + half * node
            let value = logDensity(u: u)
            guard !value.isNaN, value < .infinity else { throw .noConvergence(method: "The quadrature over τ") }
            logMaximum = max(logMaximum, value)
            values.append(value)
            taus.append(tau(u))
        }
        let power = hasVariance ? 2 : hasMean ? 1 : 0
        return QuadraturePanel(
            centre: centre, halfWidth: half, logValues: values, taus: taus,
            extra: taus.map { 1 + (power == 0 ? 0 : power == 1 ? $0 / scale : $0 / scale * ($0 / scale)) })
    }
}
