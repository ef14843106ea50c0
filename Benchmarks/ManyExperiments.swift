import Estimation
import LinearAlgebra
import Probability

/// Covariance and proxies of very many experiments, from the moments of their arms.
enum ManyExperiments {
    static let metrics = (0..<5).map { "m\($0)" }

    /// One control and one treatment an experiment, about a thousand units an arm, effects as large as their noise.
    static func moments(_ experiments: Int) throws -> ArmMoments {
        var moments = try ArmMoments(metrics: metrics)
        moments.reserveCapacity(experiments: experiments, arms: 2 * experiments)
        let stream = RandomStream(seed: 1, identifier: "many")
        var covariance = Matrix.identity(metrics.count)
        for a in 0..<5 { for b in 0..<5 where a != b { covariance[a, b] = 0.3 } }
        let root = try Cholesky(covariance).lower
        var draw = 0
        func normals() -> [Double] {
            draw += 1
            return (0..<5).map { stream.normal(5 * draw + $0) }
        }
        for k in 0..<experiments {
            let (control, treatment) = (1000 + k % 100, 900 + k % 50)
            var effect = normals().map { 0.05 * $0 }
            effect[0] = 0.5 * effect[1] + 0.2 * effect[2] + 0.5 * effect[0]
            let base = (root * normals()).map { $0 / Double(control).squareRoot() }
            let noise = (root * normals()).map { $0 / Double(treatment).squareRoot() }
            try moments.append(
                experiment: "\(k)",
                control: Arm(name: "control", count: control, mean: base, covariance: covariance),
                treatments: [
                    Arm(
                        name: "treatment", count: treatment, mean: zip(effect, noise).map { $0 + $1 },
                        covariance: covariance)
                ])
        }
        return moments
    }

    /// Effects, then the covariance by three estimators and the proxies by five, all with jackknife intervals.
    static func estimate(_ moments: ArmMoments) throws {
        let effects = try TreatmentEffects(of: moments)
        for made in try CovarianceModel(effects).estimates(CovarianceEstimator.allCases) {
            precondition(made.standardErrors != nil)
        }
        let model = try ProxyModel(effects, outcome: metrics[0], proxies: Array(metrics.dropFirst()))
        for made in try model.estimates([.naive, .tsls, .tc, .jive, .liml]) {
            let estimate = try made.get()
            precondition(estimate.jackknife != nil)
        }
    }
}

extension Benchmark {
    static let manyExperiments = [10_000, 100_000, 1_000_000].map { count in
        Benchmark("Covariance (3 estimators) and proxies (5) of \(count) experiments × 5 metrics", unit: "data set") {
            let moments = try ManyExperiments.moments(count)
            return try Stopwatch.shortest(of: 3) { try ManyExperiments.estimate(moments) }
        }
    }

    static let restrictedLikelihood = [10_000, 100_000].map { count in
        Benchmark("REML covariance of \(count) experiments × 5 metrics", unit: "fit") {
            let effects = try TreatmentEffects(of: ManyExperiments.moments(count))
            return try Stopwatch.shortest(of: 2) { _ = try CovarianceREML(effects) }
        }
    }
}
