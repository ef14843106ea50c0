internal import LinearAlgebra

extension ProxyModel {
    /// Many-instrument standard errors of liml and fuller for normal units, with normal intervals.
    ///
    /// With γ = (1, −β̂), ε = γᵀ(Y, S) and κ̃ = M_εε/Ω̂_εε (which is κ at liml):
    ///
    ///     V(β̂) = σ̂² H⁻¹ (M_S̃S̃ + κ̃²/ν Ω̂_S̃S̃) H⁻¹,   H = M_SS − κ̃Ω̂_SS
    ///     S̃ = S − ρ̂ε,  ρ̂ = (M_Sε + νΩ̂_Sε)/(M_εε + νΩ̂_εε)  (at liml Ω̂_Sε/Ω̂_εε)
    ///     σ̂² = (M_εε + νΩ̂_εε)/(ν + J′ − p)
    ///     V(α̂) = σ̂²/P + m_SᵀV(β̂)m_S,  Cov(β̂, α̂) = −V(β̂)m_S,  m = b/P.
    ///
    /// Why: given arms' means that are normal, the liml score M_Sε − κΩ̂_Sε equals M_S̃ε − κ̃Ω̂_S̃ε, S̃'s noise is
    /// independent of ε, and the score's variance is σ²(Θ + J′Ω_S̃ + J′²/ν Ω_S̃), Θ = E M_SS − J′Ω_SS. The second and
    /// third terms are what many weak arms add. It is Bekker's (1994) variance in the form of Hansen, Hausman and Newey
    /// (2008), Σ̂_B, for the unit-level regression with experiment fixed effects, and α̃ = κ̃/(κ̃ + ν); their terms in
    /// third and fourth moments, which need units, are left out: arms of many units have nearly normal means.
    /// Not valid with direct effects or where arms' noise differs.
    /// Sources: Bekker, Econometrica 62(3), 1994; Hansen, Hausman and Newey, JBES 26(4), 2008.
    ///
    /// - Returns: nil for other estimators, and where J′ + ν ≤ p or H is singular.
    /// - Throws: `invalidLevel`, and what `solve` throws.
    package func bekkerErrors(
        _ estimator: ProxyEstimator, level: Double = 0.95
    ) throws(EstimationError) -> WaldUncertainty? {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        switch estimator {
        case .liml, .fuller: break
        default: return nil
        }
        let moments = read(sums.total)
        let solution = try solve(estimator, moments)
        guard let covariance = bekkerCovariance(solution.coefficients, moments) else { return nil }
        return WaldUncertainty(
            solution, joint: covariance, hasIntercept: intercept, level: level, degreesOfFreedom: nil)
    }

    /// Of (β̂, α̂), or β̂ alone.
    private func bekkerCovariance(_ coefficients: [Double], _ moments: SecondMoments) -> Matrix? {
        let (scatter, noise) = (moments.scatter, moments.unitCovariance)
        let degrees = moments.degreesOfFreedom
        let contrast = [1] + coefficients.map { -$0 }
        let (scatterError, noiseError) = (scatter * contrast, noise * contrast)
        let (between, within) = (dot(contrast, scatterError), dot(contrast, noiseError))
        let total = between + degrees * within
        let freedom = degrees + moments.scatterDegrees - Double(proxies.count)
        guard within > 0, freedom > 0 else { return nil }
        let kappa = between / within
        let size = proxies.count
        var (bread, meat) = (Matrix(rows: size, columns: size), Matrix(rows: size, columns: size))
        let slopes = (1...size).map { (scatterError[$0] + degrees * noiseError[$0]) / total }
        func residual(_ matrix: Matrix, _ error: [Double], _ square: Double, _ i: Int, _ j: Int) -> Double {
            matrix[i + 1, j + 1] - slopes[i] * error[j + 1] - slopes[j] * error[i + 1] + slopes[i] * slopes[j] * square
        }
        for i in 0..<size {
            for j in 0..<size {
                bread[i, j] = scatter[i + 1, j + 1] - kappa * noise[i + 1, j + 1]
                meat[i, j] =
                    residual(scatter, scatterError, between, i, j)
                    + kappa * kappa / degrees * residual(noise, noiseError, within, i, j)
            }
        }
        guard let inverse = inverse(ofSymmetric: bread, scale: scatter.diagonal.dropFirst()) else { return nil }
        let slope = (total / freedom) * (inverse * meat * inverse).symmetrised
        guard intercept else { return slope }
        let means = zip(moments.scatterMean, sums.shift).dropFirst().map { $0 + $1 }
        return joint(slope, means: means, variance: total / freedom / sums.total[SumsLayout.precision])
    }

    /// The covariance of (β̂, α̂) where α̂'s error is that of a mean, independent of β̂'s, less m_Sᵀ(β̂ − β).
    private func joint(_ slope: Matrix, means: [Double], variance: Double) -> Matrix {
        let size = means.count
        var joint = Matrix(rows: size + 1, columns: size + 1)
        let cross = slope * means
        for i in 0..<size {
            for j in 0..<size { joint[i, j] = slope[i, j] }
            joint[i, size] = -cross[i]
            joint[size, i] = -cross[i]
        }
        joint[size, size] = variance + dot(means, cross)
        return joint
    }

    /// The inverse of a positive definite matrix after scaling by the given variances; nil where it is not one.
    func inverse(ofSymmetric matrix: Matrix, scale: ArraySlice<Double>) -> Matrix? {
        let spread = scale.map { $0 > 0 ? $0 : 1 }
        guard let factor = try? Cholesky(CovarianceModel.scaled(matrix, by: spread), tolerance: 1e-11) else {
            return nil
        }
        return CovarianceModel.scaled(factor.inverse, by: spread)
    }
}
