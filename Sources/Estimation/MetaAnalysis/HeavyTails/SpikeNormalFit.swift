internal import LinearAlgebra
internal import Probability

/// Weights of a spike at zero and normals about zero, by maximum likelihood: adaptive shrinkage.
///
/// θ ~ π₀δ₀ + Σ_m π_m Normal(0, σ_m²), σ on the grid of ashr's autoselect.mixsd: from a tenth of the least standard error,
/// by factors of √2, to 2√max(δ² − se²). No penalty on π₀, unlike ashr's default (λ₀ = 10). The log-likelihood is maximised
/// over the simplex by sequential quadratic programming; one effect an experiment it is concave and the gap to its
/// maximum is below max_m ∂l/∂π_m − N < 1e-8 (1e-10 N for many effects). With shared controls the same condition is first order.
/// Sources: Stephens, Biostatistics 18(2), 2017; Kim, Carbonetto, Stephens and Anitescu, JCGS 29(2), 2020.
struct SpikeNormalFit: Sendable {
    let law: ScaleMixture
    let logLikelihood: Double
    let likelihood: MixtureLikelihood

    /// - Throws: `noConvergence`.
    init(_ blocks: NoiseBlocks, variances errors: [Double]) throws(EstimationError) {
        var law = try ScaleMixture.everyScale(blocks, errors, location: -blocks.centre)
        let likelihood = try MixtureLikelihood(blocks, reference: law)
        let effects = Double(blocks.count)
        let tolerance = max(1e-8, 1e-10 * effects)
        for _ in 0..<500 {
            let (value, gradient, curvature) = likelihood.weightDerivatives(law)
            guard value.isFinite, gradient.allSatisfy(\.isFinite) else { break }
            let gap = (gradient.max() ?? 0) - effects
            if gap <= tolerance {
                self.law = law
                self.likelihood = likelihood
                logLikelihood = value
                return
            }
            guard let next = SpikeNormalFit.step(likelihood, law, value, gradient, curvature, effects: effects) else {
                // No further rise within rounding: good enough where almost nothing can be left to gain.
                guard gap <= 1e-5 else { break }
                self.law = law
                self.likelihood = likelihood
                logLikelihood = value
                return
            }
            law.weights = next
        }
        throw .noConvergence(method: "spike-normal")
    }

    /// Weights with a higher likelihood; nil where none is found.
    private static func step(
        _ likelihood: MixtureLikelihood, _ law: ScaleMixture, _ value: Double, _ gradient: [Double],
        _ curvature: Matrix, effects: Double
    ) -> [Double]? {
        // −l(x) + N Σx over x ≥ 0 has its minimum on the simplex.
        var h = curvature
        let ridge = 1e-10 * (0..<gradient.count).reduce(0) { max($0, h[$1, $1]) }
        for m in gradient.indices { h[m, m] += ridge }
        var b = gradient.map { $0 - effects }
        for m in b.indices { for l in b.indices { b[m] += h[m, l] * law.weights[l] } }
        guard let target = NonnegativeQuadratic.minimum(h, b, start: law.weights) else { return nil }
        var slope = 0.0
        for m in b.indices { slope += (gradient[m] - effects) * (target[m] - law.weights[m]) }
        guard slope > 0 else { return nil }
        var length = 1.0
        for _ in 0..<40 {
            var next = law
            var total = 0.0
            for m in b.indices {
                next.weights[m] = max(0, law.weights[m] + length * (target[m] - law.weights[m]))
                total += next.weights[m]
            }
            for m in b.indices { next.weights[m] /= total }
            // After scaling to one the sum's term is gone.
            let found = likelihood.value(next)
            if found.isFinite, found > value, found >= value + 1e-4 * length * slope - 1e-12 * value.magnitude {
                return next.weights
            }
            length /= 2
        }
        return nil
    }
}

extension ScaleMixture {
    /// A spike and normals of every scale that may occur about a place, equally likely.
    ///
    /// - Throws: `noConvergence` where 400 scales do not do.
    static func everyScale(
        _ blocks: NoiseBlocks, _ errors: [Double], location: Double
    ) throws(EstimationError) -> ScaleMixture {
        let scales = try grid(zip(blocks.effects, errors).map { ($0 - location, $1) })
        let count = scales.count + 1
        return ScaleMixture(
            location: location, weights: Array(repeating: 1 / Double(count), count: count),
            variances: [0] + scales.map { $0 * $0 })
    }

    /// σ_m, ascending.
    private static func grid(_ effects: [(effect: Double, variance: Double)]) throws(EstimationError) -> [Double] {
        var (least, excess) = (Double.infinity, 0.0)
        for (effect, variance) in effects {
            least = min(least, variance)
            excess = max(excess, effect * effect - variance)
        }
        let bottom = least.squareRoot() / 10
        let top = excess > 0 ? 2 * excess.squareRoot() : 8 * bottom
        let count = (2 * Elementary.log(top / bottom) / Elementary.log(2)).rounded(.up)
        guard count <= 400 else { throw .noConvergence(method: "spike-normal") }
        return (0...Int(max(0, count))).reversed().map { top * Elementary.pow(2, -Double($0) / 2) }
    }
}
