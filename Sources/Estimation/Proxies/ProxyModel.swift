internal import LinearAlgebra

/// One outcome and its proxies in one set of effects, ready for any estimator.
///
/// The model is τ_Y = α + βᵀτ_S + direct effect over experiments' arms. naive, tc and jive are Λ̂_SS⁻¹Λ̂_SY of the
/// covariance of true effects (`CovarianceModel`); the others are members of
///
///     β(c) = (M_SS − cΩ̂_SS)⁻¹(M_SY − cΩ̂_SY),  M = Σ_k T_kᵀW_kT_k (− bbᵀ/P with intercept)
///
/// with W_k = (diag(1/n_ki) + 11ᵀ/n_k0)⁻¹, b = Σ T_kᵀW_k1, P = Σ 1ᵀW_k1. These equal the unit-level estimators with
/// experiment fixed effects exogenous and arm dummies as instruments; with intercept the treated indicator is one more
/// exogenous regressor. Sources: Bibaut, Chou, Ejdemyr and Kallus, KDD 2024, arXiv 2402.17637; Anderson and Rubin,
/// Annals of Mathematical Statistics 20(1), 1949; Fuller, Econometrica 45(4), 1977.
package struct ProxyModel: Sendable {
    package let outcome: String
    package let proxies: [String]
    package let intercept: Bool
    package let weights: EffectWeights
    let sums: EffectSums

    /// - Throws: `noProxies`, `proxyIsOutcome`, `unknownMetric`, `duplicateMetric`; `tooFewEffects` where effects are no
    ///   more than coefficients; `zeroNoise` (precision weights without counts).
    package init(
        _ effects: TreatmentEffects, outcome: String, proxies: [String], weights: EffectWeights = .precision,
        intercept: Bool = true
    ) throws(EstimationError) {
        guard !proxies.isEmpty else { throw .noProxies }
        guard !proxies.contains(outcome) else { throw .proxyIsOutcome(outcome) }
        let chosen = try effects.selecting(metrics: [outcome] + proxies)
        let needed = proxies.count + (intercept ? 1 : 0)
        guard chosen.count >= needed else { throw .tooFewEffects(needed: needed, found: chosen.count) }
        self.outcome = outcome
        self.proxies = proxies
        self.intercept = intercept
        self.weights = weights
        sums = try EffectSums(chosen, weights: weights, intercept: intercept)
    }

    package var effects: TreatmentEffects { sums.effects }

    /// Estimates the coefficients.
    ///
    /// - Parameters:
    ///   - estimator: Which.
    ///   - level: Of the jackknife's intervals.
    /// - Throws: `needsCounts`; `singularNoise` where Ω̂ is; `proxiesNotPositiveDefinite` where what would be divided by
    ///   is not positive definite; `invalidLevel`.
    package func estimate(_ estimator: ProxyEstimator, level: Double = 0.95) throws(EstimationError) -> ProxyEstimate {
        try estimates([estimator], level: level)[0].get()
    }

    /// Estimates by several estimators, whose jackknife passes over the experiments once for all of them.
    ///
    /// - Throws: `invalidLevel`; what `estimate` throws stands in each result.
    package func estimates(
        _ estimators: [ProxyEstimator], level: Double = 0.95
    ) throws(EstimationError) -> [Result<ProxyEstimate, EstimationError>] {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        let moments = read(sums.total)
        let solutions = estimators.map { estimator in
            Result { () throws(EstimationError) in try solve(estimator, moments) }
        }
        let solved = estimators.indices.filter { if case .success = solutions[$0] { true } else { false } }
        let jackknives = jackknife(solved.map { estimators[$0] }, level: level)
        return estimators.indices.map { index in
            solutions[index].map { solution in
                let estimator = estimators[index]
                var definite: Bool?
                if let kind = estimator.covarianceEstimator {
                    definite = CovarianceModel.isPositiveSemidefinite(
                        CovarianceModel.covariance(kind, moments), moments)
                }
                return ProxyEstimate(
                    estimator: estimator, outcome: outcome, proxies: proxies, hasIntercept: intercept,
                    weights: estimator.usesWeights ? weights : nil, experimentCount: effects.experimentCount,
                    effectCount: effects.count, coefficients: solution.coefficients, intercept: solution.intercept,
                    subtracted: solution.subtracted, kappa: solution.kappa,
                    k: estimator.takesOwnNoise ? nil : solution.subtracted.map { 1 + $0 / moments.degreesOfFreedom },
                    isPositiveSemidefinite: definite,
                    jackknife: solved.firstIndex(of: index).flatMap { jackknives[$0] })
            }
        }
    }

    func read(_ sums: [Double]) -> SecondMoments {
        SecondMoments(sums: sums, layout: self.sums.layout, intercept: intercept)
    }
}
