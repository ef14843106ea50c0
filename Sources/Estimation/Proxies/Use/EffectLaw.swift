package import LinearAlgebra

/// The distribution of true effects on an outcome (first) and its proxies over experiments, by mean and covariance.
package struct EffectLaw: Sendable, Equatable {
    /// μ, G; the outcome first.
    package let mean: [Double]
    /// Λ, G × G.
    package let covariance: Matrix

    package init(mean: [Double], covariance: Matrix) {
        self.mean = mean
        self.covariance = covariance
    }

    var proxyIndices: [Int] { Array(1..<mean.count) }
    /// Λ_SS.
    package var proxies: Matrix { covariance.submatrix(rows: proxyIndices, columns: proxyIndices) }
    /// Λ_SY.
    package var cross: [Double] { proxyIndices.map { covariance[$0, 0] } }
    /// Λ_YY.
    package var outcome: Double { covariance[0, 0] }

    /// R² = wᵀΛ_SY squared over wᵀΛ_SSw and Λ_YY: the share of the outcome's true effects that wᵀτ_S explains.
    ///
    /// For w = Λ_SS⁻¹Λ_SY it is wᵀΛ_SSw/Λ_YY. It may exceed 1 where Λ is not positive semi-definite; nil where a
    /// variance is not positive.
    package func rSquared(_ weights: [Double]) -> Double? {
        let variance = proxies.quadraticForm(weights, weights)
        let covariance = dot(weights, cross)
        guard variance > 0, outcome > 0 else { return nil }
        return covariance * covariance / (variance * outcome)
    }

    /// max(0, Λ_YY − 2wᵀΛ_SY + wᵀΛ_SSw): the variance of what wᵀτ_S leaves of the outcome's effects.
    package func residualVariance(_ weights: [Double]) -> Double {
        max(0, outcome - 2 * dot(weights, cross) + proxies.quadraticForm(weights, weights))
    }
}

extension ProxyModel {
    /// μ̂ and Λ̂ of the estimators that make one.
    ///
    /// Without intercept μ is 0, and Λ̂ is the second moment of effects.
    /// - Throws: `needsCounts`, `tooFewEffects`; `noEffectLaw` for estimators without a Λ̂.
    package func effectLaw(_ estimator: ProxyEstimator) throws(EstimationError) -> EffectLaw {
        guard let kind = estimator.covarianceEstimator else { throw .noEffectLaw(estimator: estimator.name) }
        try requireCounts(estimator)
        let moments = read(sums.total)
        guard moments.divisor > 1e-12 else { throw .tooFewEffects(needed: 2, found: 1) }
        let mean = zip(moments.mean, sums.shift).map { intercept ? $0 + $1 : 0 }
        return EffectLaw(mean: mean, covariance: CovarianceModel.covariance(kind, moments))
    }

    /// The standard error of R² at β̂ = Λ̂_SS⁻¹Λ̂_SY, from the jackknife covariance of Λ̂'s elements by the delta method:
    /// ∂R²/∂Λ_SY = 2β/Λ_YY, ∂R²/∂Λ_SS = −ββᵀ/Λ_YY, ∂R²/∂Λ_YY = −R²/Λ_YY.
    package func rSquaredError(_ estimator: ProxyEstimator, coefficients: [Double]) -> Double? {
        guard let kind = estimator.covarianceEstimator, let law = try? effectLaw(estimator),
            let rSquared = law.rSquared(coefficients),
            let covariance = CovarianceModel(sums: sums, weights: weights).jackknife([kind])[0]
        else { return nil }
        var gradient = Array(repeating: 0.0, count: covariance.rows)
        gradient[0] = -rSquared / law.outcome
        for (a, slope) in coefficients.enumerated() {
            gradient[PackedSymmetric.index(a + 1, 0)] = 2 * slope / law.outcome
            for b in 0...a {
                let twice = a == b ? 1.0 : 2
                gradient[PackedSymmetric.index(a + 1, b + 1)] = -twice * slope * coefficients[b] / law.outcome
            }
        }
        let variance = covariance.quadraticForm(gradient, gradient)
        return variance >= 0 ? variance.squareRoot() : nil
    }
}
