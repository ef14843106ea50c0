internal import LinearAlgebra
package import Probability

/// Estimates of the covariance of true effects from one set of effects.
///
/// With weights w_j summing to 1 and an intercept: A = Σ w_j (τ̂_j − τ̄)(τ̂_j − τ̄)ᵀ, d = 1 − Σw_j², and the noise in A is
/// N = Σ_j w_jV_jj − Σ_{j,l in one experiment} w_jw_lV_jl. Without: A = Σ w_jτ̂_jτ̂_jᵀ, d = 1, N = Σ w_jV_jj.
/// Assumed: true effects of arms of one experiment are independent. Cost is linear in
/// effects. Source: Bibaut, Chou, Ejdemyr and Kallus, KDD 2024, arXiv 2402.17637.
package struct CovarianceModel: Sendable {
    package let effects: TreatmentEffects
    package let weights: EffectWeights
    package let intercept: Bool
    let sums: EffectSums

    /// - Throws: `tooFewEffects` below two with an intercept, `zeroNoise` (precision weights without counts).
    package init(
        _ effects: TreatmentEffects, weights: EffectWeights = .precision, intercept: Bool = true
    ) throws(EstimationError) {
        let needed = intercept ? 2 : 1
        guard effects.count >= needed else { throw .tooFewEffects(needed: needed, found: effects.count) }
        self.effects = effects
        self.weights = weights
        self.intercept = intercept
        sums = try EffectSums(effects, weights: weights, intercept: intercept)
    }

    /// - Throws: `needsCounts` for tc on effects without counts.
    package func estimate(_ estimator: CovarianceEstimator) throws(EstimationError) -> CovarianceEstimate {
        try estimates([estimator])[0]
    }

    /// Estimates by several estimators, whose jackknife passes over the experiments once for all of them.
    ///
    /// - Throws: `needsCounts` for tc on effects without counts.
    package func estimates(_ estimators: [CovarianceEstimator]) throws(EstimationError) -> [CovarianceEstimate] {
        for estimator in estimators { try requireCounts(estimator) }
        let moments = read(sums.total)
        return zip(estimators, jackknife(estimators)).map { estimator, errors in
            let covariance = CovarianceModel.covariance(estimator, moments)
            let noise = (estimator == .tc ? moments.pooledNoise : moments.noise) / moments.divisor
            let definite = CovarianceModel.isPositiveSemidefinite(covariance, moments)
            return CovarianceEstimate(
                estimator: estimator, weights: weights, intercept: intercept, metrics: effects.metrics,
                experimentCount: effects.experimentCount, effectCount: effects.count,
                mean: zip(moments.mean, sums.shift).map { intercept ? $0 + $1 : 0 }, covariance: covariance,
                noise: noise, eigenvalues: (try? SymmetricEigen(covariance).values) ?? [],
                isPositiveSemidefinite: definite,
                repaired: definite ? covariance : CovarianceModel.repaired(covariance, noise: noise),
                standardErrors: errors.map {
                    PackedSymmetric.unpack($0.diagonal.map { max(0, $0).squareRoot() }, order: effects.order)
                },
                fisherErrors: CovarianceModel.fisherErrors(covariance, errors))
        }
    }

    /// ∂ρ/∂Λ_ij = 1/√(Λ_iiΛ_jj), ∂ρ/∂Λ_ii = −ρ/(2Λ_ii), and artanh′ρ = 1/(1 − ρ²).
    private static func fisherErrors(_ covariance: Matrix, _ errors: Matrix?) -> [Double?] {
        var result: [Double?] = []
        for i in 0..<covariance.rows {
            for j in 0...i {
                let (v, w) = (covariance[i, i], covariance[j, j])
                guard let errors, i != j, v > 0, w > 0 else {
                    result.append(nil)
                    continue
                }
                let scale = v.squareRoot() * w.squareRoot()
                let rho = covariance[i, j] / scale
                let slopes = [1 / scale, -rho / (2 * v), -rho / (2 * w)]
                let places = [(i, j), (i, i), (j, j)].map { PackedSymmetric.index($0.0, $0.1) }
                let variance = errors.submatrix(rows: places, columns: places).quadraticForm(slopes, slopes)
                result.append(rho.magnitude < 1 ? max(0, variance).squareRoot() / (1 - rho * rho) : nil)
            }
        }
        return result
    }

    /// The share of bootstrap samples of experiments in which the estimate is not positive semi-definite.
    ///
    /// Samples from which nothing can be estimated (one experiment drawn every time) are left out; nil if all are.
    /// - Throws: `needsCounts`.
    package func indefiniteFrequency(
        _ estimator: CovarianceEstimator, draws: Int = 1000, stream: RandomStream
    ) throws(EstimationError) -> Double? {
        try requireCounts(estimator)
        var (indefinite, valid) = (0, 0)
        for draw in 0..<draws {
            let moments = read(sums.resampled(draw, stream: stream))
            guard moments.divisor > 1e-12 else { continue }
            valid += 1
            let covariance = CovarianceModel.covariance(estimator, moments)
            if !CovarianceModel.isPositiveSemidefinite(covariance, moments) { indefinite += 1 }
        }
        return valid > 0 ? Double(indefinite) / Double(valid) : nil
    }

    func read(_ sums: [Double]) -> SecondMoments {
        SecondMoments(sums: sums, layout: self.sums.layout, intercept: intercept)
    }

    /// Λ̂.
    static func covariance(_ estimator: CovarianceEstimator, _ moments: SecondMoments) -> Matrix {
        switch estimator {
        case .naive: moments.scatterOfEffects / moments.divisor
        case .tc: (moments.scatterOfEffects - moments.pooledNoise) / moments.divisor
        case .jive: (moments.scatterOfEffects - moments.noise) / moments.divisor
        }
    }

    /// In units of each metric's observed spread √A_mm, so that metrics' units do not matter.
    static func isPositiveSemidefinite(_ covariance: Matrix, _ moments: SecondMoments) -> Bool {
        guard let eigen = try? SymmetricEigen(scaled(covariance, by: moments.scatterOfEffects.diagonal)),
            let smallest = eigen.values.first, let largest = eigen.values.last
        else { return false }
        return smallest >= -1e-10 * max(largest, 1e-300)
    }

    /// D^−½ Λ D^−½ with D the given variances, 1 where one is not positive.
    static func scaled(_ matrix: Matrix, by variances: [Double]) -> Matrix {
        var result = matrix
        let roots = variances.map { $0 > 0 ? $0.squareRoot() : 1 }
        for i in roots.indices { for j in roots.indices { result[i, j] /= roots[i] * roots[j] } }
        return result
    }

    private static func repaired(_ covariance: Matrix, noise: Matrix) -> Matrix? {
        guard (try? Cholesky(noise)) != nil, let eigen = try? SymmetricEigen(noise) else { return nil }
        let half = eigen.mapValues { $0.squareRoot() }
        let inverseHalf = eigen.mapValues { 1 / $0.squareRoot() }
        let ratio = (inverseHalf * covariance * inverseHalf).symmetrised
        guard let whitened = try? SymmetricEigen(ratio) else { return nil }
        return (half * whitened.mapValues { max(0, $0) } * half).symmetrised
    }

    private func requireCounts(_ estimator: CovarianceEstimator) throws(EstimationError) {
        if estimator == .tc, effects.counts == nil { throw .needsCounts(estimator: "tc") }
    }
}
