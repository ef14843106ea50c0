internal import LinearAlgebra
internal import Probability

/// What shipping the best of several arms earns in one experiment, by quadrature.
///
/// Given μ arms differ by their true effects and their own noise, which are independent, and share the control's noise.
/// Write the score of arm i as X_i = m + g_iσv + s_iξ_i: v and ξ_i standard normal, σ² = w'Sw, g_i = w'R_iSw/σ²,
/// s_i² = w'Λw + w'V_iiw − g_i²σ². Arm i is shipped where X_i > c_i and every other X_l ≤ max(c_l, X_i), so
///
///     E[Y_i 1(i is shipped)] = ∫∫ E[Y_i | v, ξ] Π_{l≠i} Φ((max(c_l, x) − m − g_lσv)/s_l) φ(ξ)φ(v) dξ dv
///
/// with E[τ_Y,i | v, ξ] = μ_Y + (Λw)_Y/s_i ξ, and E[τ̂_Y,i | v, ξ] likewise with the noise. Exact where the control's noise
/// enters all scores alike (R = 1, or one metric); else the marginal law of each score is exact and the correlation between
/// two of them right to first order. Panels of Gauss–Legendre, cut at the cutoffs; relative error about 1e-10 where no
/// s_i is a small fraction of g_iσ.
struct BestArm {
    private struct Arm {
        var cutoff: Double
        /// g_iσ.
        var loading: Double
        /// s_i.
        var spread: Double
        /// The coefficients of ξ in the true and in the observed effect on Y, and of v in the observed one.
        var trueSlope: Double
        var observedSlope: Double
        var sharedSlope: Double
    }

    private static let reach = 8.0
    private static let rule = GaussLegendre(count: 16)
    private let mean: Double
    private let rewardMean: Double
    private var arms: [Arm] = []

    /// - Throws: `zeroNoise` where a score does not vary.
    init(
        _ model: DecisionModel, experiment k: Int, _ rule: DecisionRule, _ law: DecisionLaw,
        noiseTimes factor: Double
    ) throws(EstimationError) {
        let (effects, weights, reward) = (model.effects, rule.weights, model.rewardIndex)
        mean = dot(weights, law.mean)
        rewardMean = law.mean[reward]
        let signal = law.covariance * weights
        let shared = effects.sharedCovariance(k) * weights
        let variance = max(0, dot(weights, shared))
        let deviation = (factor * variance).squareRoot()
        for j in effects.effects(of: k) {
            let noise = factor * effects.scoreVariance(j, weights)
            var loading = 0.0
            var sharedSlope = 0.0
            if variance > 0 {
                let scaled = weights.indices.map { weights[$0] * effects.multiplier(j, $0) }
                loading = deviation * dot(scaled, shared) / variance
                sharedSlope = effects.multiplier(j, reward) * factor * shared[reward] / deviation
            }
            let spread = (dot(weights, signal) + max(0, noise - loading * loading)).squareRoot()
            guard spread > 0 else { throw .zeroNoise(experiment: effects.experiments[k], arm: effects.arms[j]) }
            let observed = signal[reward] + factor * effects.noise(j, reward, weights)
            arms.append(
                Arm(
                    cutoff: rule.cutoff(standardError: noise.squareRoot()), loading: loading, spread: spread,
                    trueSlope: signal[reward] / spread, observedSlope: (observed - sharedSlope * loading) / spread,
                    sharedSlope: sharedSlope))
        }
    }

    var expectation: DecisionExpectation {
        var sum = DecisionExpectation()
        BestArm.integrate(-BestArm.reach, BestArm.reach) { v, weight in
            let density = weight * Normal.standard.density(v)
            for index in arms.indices { sum = sum + inner(index, v).times(density) }
        }
        return sum
    }

    /// Over ξ at one v.
    private func inner(_ index: Int, _ v: Double) -> DecisionExpectation {
        let arm = arms[index]
        let center = mean + arm.loading * v
        let upper = center + BestArm.reach * arm.spread
        let lower = max(arm.cutoff, center - BestArm.reach * arm.spread)
        guard lower < upper else { return DecisionExpectation() }
        // Above the largest cutoff nothing has a kink any more.
        let kinks = arms.map(\.cutoff).filter { $0 > lower && $0 < upper }.sorted()
        var sum = DecisionExpectation()
        for (start, end) in zip([lower] + kinks, kinks + [upper]) where start < end {
            BestArm.integrate(start, end, step: 4 * arm.spread) { x, weight in
                let xi = (x - center) / arm.spread
                var share = weight * Normal.standard.density(xi) / arm.spread
                for (other, rival) in arms.enumerated() where other != index {
                    share *= Normal.standard.cumulative(
                        (max(rival.cutoff, x) - mean - rival.loading * v) / rival.spread)
                }
                sum.shipped += share
                sum.expected += share * (rewardMean + arm.trueSlope * xi)
                sum.naive += share * (rewardMean + arm.observedSlope * xi + arm.sharedSlope * v)
            }
        }
        return sum
    }

    /// Calls the body with nodes and weights over panels no wider than `step`.
    private static func integrate(
        _ lower: Double, _ upper: Double, step: Double = 4, _ body: (Double, Double) -> Void
    ) {
        let panels = max(1, Int(((upper - lower) / step).rounded(.up)))
        let half = (upper - lower) / Double(2 * panels)
        for panel in 0..<panels {
            let center = lower + half * Double(2 * panel + 1)
            for (node, weight) in zip(rule.nodes, rule.weights) { body(center + half * node, half * weight) }
        }
    }
}
