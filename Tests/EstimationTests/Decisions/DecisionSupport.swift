import Estimation
import LinearAlgebra
import Probability
import Testing

/// A small programme of weak experiments whose law is known: some with one arm, some with two or three, unlike in noise.
struct Programme {
    let law = DecisionLaw(mean: [0.05, 0.1], covariance: Matrix([[0.04, 0.03], [0.03, 0.05]]))
    /// Each design's number of arms, and the scale of its noise.
    let designs: [(arms: Int, scale: Double)]
    let own = Matrix([[0.08, 0.03], [0.03, 0.06]])
    let control = Matrix([[0.05, 0.02], [0.02, 0.04]])
    /// How strongly the control's noise enters the arms, in turn; nil for 1.
    var multipliers: [Double]?

    let rules = [
        DecisionRule(name: "reward", weights: [1, 0], threshold: 1.645),
        DecisionRule(name: "other", weights: [0, 1], threshold: 1),
        DecisionRule(name: "index", weights: [0.4, 0.6], threshold: 0.5, minimum: 0.1),
        DecisionRule(name: "point", weights: [0, 1], minimum: 0.05),
        DecisionRule(name: "always", weights: [1, 0]),
        DecisionRule(name: "never", weights: [1, 0], isNever: true),
    ]

    /// `copies` of every design, with the true effects that were drawn.
    func draw(_ copies: Int, seed: UInt64 = 1) throws -> (effects: TreatmentEffects, truth: [[Double]]) {
        let stream = RandomStream(seed: seed, identifier: "programme")
        var position = 0
        func normal(_ covariance: Matrix, _ scale: Double) throws -> [Double] {
            let factor = try Cholesky(covariance).lower
            let z = [stream.normal(position), stream.normal(position + 1)]
            position += 2
            return (factor * z).map { $0 * scale.squareRoot() }
        }
        var estimates: [EffectEstimate] = []
        var truth: [[Double]] = []
        for copy in 0..<copies {
            for (number, design) in designs.enumerated() {
                let shared = try normal(control, design.scale)
                for arm in 0..<design.arms {
                    let ratio = multipliers.map { $0[arm % $0.count] } ?? 1
                    let tau = zip(law.mean, try normal(law.covariance, 1)).map { $0 + $1 }
                    let noise = try normal(own, design.scale)
                    truth.append(tau)
                    estimates.append(
                        EffectEstimate(
                            experiment: "\(copy)-\(number)", arm: "\(arm)",
                            effect: [0, 1].map { tau[$0] + noise[$0] - ratio * shared[$0] },
                            own: design.scale * own, control: design.scale * control,
                            multiplier: [ratio, ratio]))
                }
            }
        }
        return (try TreatmentEffects(metrics: ["y", "s"], estimates: estimates), truth)
    }
}

/// A mean and its Monte Carlo error.
struct Average {
    var mean: Double
    var error: Double

    init(_ values: [Double]) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        self.mean = mean
        error = (variance / count).squareRoot()
    }

    func agrees(with value: Double) -> Bool { abs(mean - value) <= 5 * error + 1e-12 }
}
