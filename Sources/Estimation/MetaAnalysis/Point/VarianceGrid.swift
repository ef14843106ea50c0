internal import Probability

/// Where variance components are looked for: 0 and a logarithmic grid up to ten times all that effects vary.
struct VarianceGrid: Sendable {
    let values: [Double]

    /// - Throws: `noConvergence` for effects so large that squares are not finite.
    init(_ model: EffectModel, steps: Int = 48) throws(EstimationError) {
        var spread = 0.0
        for effect in model.effects { spread += effect * effect }
        spread /= Double(max(1, model.count - 1))
        let noise = VarianceGrid.noise(model)
        let top = 10 * (spread + noise)
        guard top.isFinite, top > 0 else { throw .noConvergence(method: "The search for τ²") }
        let bottom = 1e-8 * noise
        let ratio = Elementary.log(top / bottom) / Double(steps)
        values = [0] + (0...steps).map { bottom * Elementary.exp(Double($0) * ratio) }
    }

    /// The mean of the arms' own variances.
    static func noise(_ model: EffectModel) -> Double { SampleMoments.mean(model.own) }
}
