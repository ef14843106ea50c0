internal import Probability

/// How p(τ | δ) falls, τ⁻ᵃ, and so which moments of τ there are.
///
/// A likelihood of n effects falls like τ⁻ⁿ, one power less with a flat prior on μ, and the prior like a power of its
/// own. Where the highest moment's integrand is unbounded in u (half-t priors of few degrees of freedom, one to three
/// effects), quadrature stops at a τ beyond which the density is its tail, and the rest is added in closed form.
struct PosteriorTail: Sendable {
    /// a.
    let decay: Double
    /// Where the closed form takes over; infinite where it is not needed.
    let start: Double
    /// s in τ = s tan(πu/2).
    let scale: Double

    init(_ prior: Prior, effectCount: Int, scale: Double) {
        decay = Double(effectCount) - (prior.mean == .flat ? 1 : 0) + prior.heterogeneity.tailPower
        let order = decay > 3 ? 2.0 : decay > 2 ? 1 : 0
        if case .halfT(let degrees, let width) = prior.heterogeneity, order > 0, decay < order + 2 {
            self.scale = max(scale, width * degrees.squareRoot())
            start = 1e5 * self.scale
        } else {
            self.scale = scale
            start = .infinity
        }
    }

    var hasMean: Bool { decay > 2 }
    var hasVariance: Bool { decay > 3 }

    /// τ to the highest moment that exists; 0 where there is none, or beyond the tail's start.
    func power(_ tau: Double, within: Bool) -> Double {
        guard hasMean, within else { return 0 }
        return hasVariance ? tau * tau : tau
    }

    /// ∫ τᵏp(τ) dτ beyond the start, p there given.
    func moment(_ order: Int, density: Double) -> Double {
        guard start < .infinity else { return 0 }
        let remaining = decay - Double(order) - 1
        return density * start * (order == 0 ? 1 : order == 1 ? start : start * start) / remaining
    }
}
