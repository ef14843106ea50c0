internal import LinearAlgebra
internal import Probability

extension CovarianceEstimate {
    /// Λ̂_ij ± t·se, Student's t with K − 1 degrees of freedom and the jackknife's error; a variance's lower end may be
    /// below 0, as the estimate itself may. nil below three experiments.
    package func interval(_ i: Int, _ j: Int, level: Double) -> ConfidenceInterval? {
        guard let error = standardErrors?[i, j], let t = multiple(level) else { return nil }
        return ConfidenceInterval(lower: covariance[i, j] - t * error, upper: covariance[i, j] + t * error)
    }

    /// tanh(artanh ρ̂ ± t·se) with the jackknife's error of artanh ρ̂; nil where there is none (see `fisherErrors`).
    package func correlationInterval(_ i: Int, _ j: Int, level: Double) -> ConfidenceInterval? {
        guard i != j, let error = fisherErrors[PackedSymmetric.index(i, j)], let rho = correlation(i, j),
            rho.magnitude < 1, let t = multiple(level)
        else { return nil }
        let centre = (Elementary.log1p(rho) - Elementary.log1p(-rho)) / 2
        return ConfidenceInterval(
            lower: Elementary.tanh(centre - t * error), upper: Elementary.tanh(centre + t * error))
    }

    private func multiple(_ level: Double) -> Double? {
        guard experimentCount >= 3, level > 0, level < 1 else { return nil }
        return StudentT(degreesOfFreedom: Double(experimentCount - 1)).upperQuantile((1 - level) / 2)
    }
}
