package import LinearAlgebra

/// One experiment's effects on a metric with the whole of their sampling covariance.
package struct EffectBlock: Sendable, Equatable {
    package var experiment: String
    package var arms: [String]
    package var effects: [Double]
    /// Σ_k, positive definite.
    package var covariance: Matrix

    package init(experiment: String, arms: [String], effects: [Double], covariance: Matrix) {
        self.experiment = experiment
        self.arms = arms
        self.effects = effects
        self.covariance = covariance
    }

    /// - Throws: as `MetaAnalysisData(metric:blocks:)`.
    func check(metric: String) throws(EstimationError) {
        guard let first = arms.first else { throw .noTreatments(experiment: experiment) }
        for found in [effects.count, covariance.rows, covariance.columns] where found != arms.count {
            throw .wrongShape(experiment: experiment, arm: first, expected: arms.count, found: found)
        }
        let tolerance = 1e-9 * covariance.largestMagnitude
        for (i, arm) in arms.enumerated() {
            guard effects[i].isFinite, covariance.row(i).allSatisfy(\.isFinite) else {
                throw .notFinite(experiment: experiment, arm: arm, metric: metric)
            }
            let isSymmetric = arms.indices.allSatisfy { (covariance[i, $0] - covariance[$0, i]).magnitude <= tolerance }
            guard isSymmetric, covariance[i, i] >= 0 else {
                throw .invalidCovariance(experiment: experiment, arm: arm, metric: metric)
            }
            guard covariance[i, i] > 0 else { throw .zeroNoise(experiment: experiment, arm: arm) }
        }
    }
}
