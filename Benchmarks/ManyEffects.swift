import Estimation
import Probability

/// Meta-analyses of very many effects that share controls.
enum ManyEffects {
    /// Two to five arms an experiment, 10 effects in 3 experiments; μ = 0.2, τ = 0.5, noise of one size and a half.
    static func data(_ effects: Int) throws -> MetaAnalysisData {
        let stream = RandomStream(seed: 1, identifier: "many effects")
        var estimates: [EffectEstimate] = []
        estimates.reserveCapacity(effects)
        let sizes = [2, 3, 5]
        var experiment = 0
        var draw = 0
        func normal() -> Double {
            draw += 1
            return stream.normal(draw)
        }
        while estimates.count < effects {
            let size = min(sizes[experiment % 3], effects - estimates.count)
            let control = 0.1 + 0.05 * Double(experiment % 7)
            let shared = control.squareRoot() * normal()
            for arm in 0..<size {
                let variance = 0.1 + 0.08 * Double((experiment + arm) % 11)
                estimates.append(
                    EffectEstimate(
                        experiment: "\(experiment)", arm: "\(arm)",
                        effect: 0.2 + 0.5 * normal() + variance.squareRoot() * normal() - shared,
                        treatmentVariance: variance, controlVariance: control))
            }
            experiment += 1
        }
        return try MetaAnalysisData(estimates: estimates)
    }
}

extension Benchmark {
    static let posteriors = [10_000, 1_000_000].map { count in
        Benchmark("Posterior of \(count) effects, every effect's summary", unit: "fit") {
            let data = try ManyEffects.data(count)
            let stream = RandomStream(seed: 1, identifier: "posterior")
            return try Stopwatch.shortest(of: 2) {
                let fit = try data.posterior(stream: stream)
                precondition(fit.effects.count == count)
            }
        }
    }
}
