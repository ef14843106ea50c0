internal import LinearAlgebra
internal import Probability

extension CovarianceREML {
    /// Of one entry of Λ, from the expected information; nil where there is no standard error.
    ///
    /// Covariances: Λ̂_ij ± z·se. Variances on the scale on which their error is constant, log(Λ_ii + v) with
    /// v = se√(J′/2) − Λ̂_ii the typical noise and J′ = J (J − 1 with intercept): Λ̂_ii + se√(J′/2)(exp(±z√(2/J′)) − 1), the
    /// lower end not below 0. Without noise this is the interval of log Λ_ii, and with many effects Λ̂_ii ± z·se.
    /// Source of the scale: Bartlett and Kendall, Supplement to the Journal of the Royal Statistical Society 8(1), 1946.
    /// - Parameters:
    ///   - i: A metric's number.
    ///   - j: A metric's number.
    ///   - level: Strictly between 0 and 1.
    package func interval(_ i: Int, _ j: Int, level: Double) -> ConfidenceInterval? {
        guard let error = standardError(i, j), level > 0, level < 1 else { return nil }
        let z = Normal.standard.upperQuantile((1 - level) / 2)
        let estimate = covariance[i, j]
        guard i == j else { return ConfidenceInterval(lower: estimate - z * error, upper: estimate + z * error) }
        let degrees = Double(max(1, effectCount - (intercept ? 1 : 0)))
        let total = max(estimate, error * (degrees / 2).squareRoot())
        // Where the rank found binds, the estimate may exceed what its error stands for.
        let spread = z * error / total
        return ConfidenceInterval(
            lower: max(0, estimate + total * Elementary.expm1(-spread)),
            upper: estimate + total * Elementary.expm1(spread))
    }

    /// By the delta method on Fisher's scale, tanh(artanh ρ̂ ± z·se(ρ̂)/(1 − ρ̂²)); nil where |ρ̂| is 1 or undefined.
    package func correlationInterval(_ i: Int, _ j: Int, level: Double) -> ConfidenceInterval? {
        guard i != j, level > 0, level < 1, let rho = correlation(i, j), 1 - rho * rho > 1e-9,
            let error = correlationStandardError(i, j)
        else { return nil }
        let z = Normal.standard.upperQuantile((1 - level) / 2)
        let centre = 0.5 * (Elementary.log1p(rho) - Elementary.log1p(-rho))
        let half = z * error / (1 - rho * rho)
        return ConfidenceInterval(lower: Elementary.tanh(centre - half), upper: Elementary.tanh(centre + half))
    }

    /// With x = Λ_ij, v = Λ_ii, w = Λ_jj: ∂ρ = ρ(∂x/x − ∂v/2v − ∂w/2w), written so that x may be 0.
    package func correlationStandardError(_ i: Int, _ j: Int) -> Double? {
        guard i != j, let inverse = informationInverse, let rho = correlation(i, j) else { return nil }
        let (v, w) = (covariance[i, i], covariance[j, j])
        let positions = [PackedSymmetric.index(i, j), PackedSymmetric.index(i, i), PackedSymmetric.index(j, j)]
        let slopes = [1 / (v.squareRoot() * w.squareRoot()), -rho / (2 * v), -rho / (2 * w)]
        let variance = inverse.submatrix(rows: positions, columns: positions).quadraticForm(slopes, slopes)
        return variance > 0 ? variance.squareRoot() : nil
    }
}
