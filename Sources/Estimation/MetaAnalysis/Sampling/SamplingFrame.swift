internal import Probability

/// The model in units of its own: effects less their mean, divided by a power of two, so that no square overflows; and
/// affine coordinates of μ and of τ's coordinate in which the posterior is about standard.
///
/// μ = place + spread · a and x = place + spread · b. Places are the mode of x with μ integrated out, and μ's mean there;
/// spreads are the curvature's. They only set where chains start and their first scales: the posterior is the same.
struct SamplingFrame: Sendable {
    /// In these units.
    let blocks: NoiseBlocks
    let prior: Prior
    /// What one unit is, and what 0 is.
    let unit: Double
    let origin: Double
    let coordinate: HeterogeneityCoordinate
    private(set) var meanPlace = 0.0
    private(set) var meanSpread = 1.0
    private(set) var place = 0.0
    private(set) var spread = 1.0

    init(_ blocks: NoiseBlocks, prior: Prior) {
        var size = 0.0
        for j in blocks.effects.indices {
            size = max(size, blocks.effects[j].magnitude, blocks.own[j].squareRoot())
        }
        unit = size.isNormal ? Double(sign: .plus, exponent: size.exponent, significand: 1) : 1
        origin = blocks.centre
        self.blocks = NoiseBlocks(blocks, inUnitsOf: unit)
        self.prior = prior.inUnits(of: unit, centre: blocks.centre)
        coordinate = HeterogeneityCoordinate(upper: self.prior.heterogeneity.upperBound)
        locate()
    }

    /// A mean and spread in the data's own units.
    func mean(_ a: Double) -> Double { origin + unit * (meanPlace + meanSpread * a) }
    func tau(_ b: Double) -> Double { unit * coordinate.point(place + spread * b).tau }

    /// log p(x | δ) with μ integrated out, up to a constant; and μ | x, δ.
    private func marginal(_ x: Double) -> (value: Double, mean: Double, variance: Double) {
        let point = coordinate.point(x)
        var sums = blocks.information(point.tau * point.tau)
        if case .normal(let mean, let deviation) = prior.mean {
            let weight = 1 / (deviation * deviation)
            sums.precision += weight
            sums.weighted += weight * mean
            sums.square += weight * mean * mean
        }
        let value =
            prior.heterogeneity.kernel(point.tau).value + point.logJacobian
            - (sums.logDeterminant + Elementary.log(sums.precision) + sums.residual) / 2
        return (value.isFinite ? value : -.infinity, sums.mean, 1 / sums.precision)
    }

    private mutating func locate() {
        // A density of log τ falls on both sides of its mode, beyond 150 in no model of use.
        let values = (-150...150).map { marginal(Double($0)).value }
        guard let index = values.indices.max(by: { values[$0] < values[$1] }) else { return }
        let best = Double(index - 150)
        var (low, high) = (best - 1, best + 1)
        for _ in 0..<30 {
            let (left, right) = (low + 0.4 * (high - low), low + 0.6 * (high - low))
            if marginal(left).value < marginal(right).value { low = left } else { high = right }
        }
        place = (low + high) / 2
        var step = 0.5
        for _ in 0..<4 {
            let bend = 2 * marginal(place).value - marginal(place - step).value - marginal(place + step).value
            spread = bend > 0 && bend.isFinite ? min(2, step / bend.squareRoot()) : 1
            step = spread / 2
        }
        let centre = marginal(place)
        if centre.mean.isFinite, centre.variance > 0, centre.variance.isFinite {
            (meanPlace, meanSpread) = (centre.mean, centre.variance.squareRoot())
        }
    }
}
