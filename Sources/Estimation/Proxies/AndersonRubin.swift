internal import LinearAlgebra
internal import Probability

/// The jackknife Anderson–Rubin test of given coefficients.
package struct AndersonRubinTest: Sendable, Equatable {
    /// AR(β), about standard normal where β is true and there are no direct effects.
    package let statistic: Double
    /// The normal upper tail: noise of β's errors alone makes AR 0 on average, everything else makes it larger.
    package let pValue: Double
}

extension ProxyModel {
    /// Tests H: τ_Y = βᵀτ_S (+ α) in every arm, for any number of proxies and however weak they are.
    ///
    ///     AR(β) = (eᵀRe − tr(RV))/√(2 tr(RVRV)),  e = τ̂_Y − βᵀτ̂_S over all arms
    ///
    /// with W block diagonal of W_k = (diag(1/n_ki) + 11ᵀ/n_k0)⁻¹ and V of V_k(β), the noise covariance of e over the
    /// experiment's arms under each arm's own covariance, multipliers included. Without intercept R = W, so
    /// AR = Σ(e_kᵀW_ke_k − tr(W_kV_k))/√(2Σtr((W_kV_k)²)). With intercept α is profiled out: R = W − W11ᵀW/P, hence
    /// eᵀRe = Σe_kᵀW_ke_k − b²/P at α̂ = b/P, b = Σ1ᵀW_ke_k, and both traces are those of R, exactly.
    ///
    /// Under H and normal arm means the numerator has mean 0 and the variance below it; the normal limit needs many arms,
    /// no one of which dominates. With few it is skewed to the right: with J′ arms of equal noise AR is
    /// (χ² − J′)/√(2J′), whose 5 % test rejects in 6.7 % of cases at J′ = 10 and in 5.7 % at 100. Rejects where there are direct
    /// effects too. Sources: Anderson and Rubin, Annals of Mathematical Statistics 20(1), 1949; the many-instrument form:
    /// Crudu, Mellace and Sándor, Econometric Theory 37(2), 2021; Mikusheva and Sun, Review of Economic Studies 89(5),
    /// 2022.
    ///
    /// - Throws: `needsCounts`; `wrongCoefficients` unless there is one for every proxy; `singularNoise` where e has no
    ///   noise.
    package func andersonRubinTest(_ coefficients: [Double]) throws(EstimationError) -> AndersonRubinTest {
        guard coefficients.count == proxies.count, coefficients.allSatisfy(\.isFinite) else {
            throw .wrongCoefficients(expected: proxies.count, found: coefficients.count)
        }
        let counts = try andersonRubinCounts()
        let contrast = [1] + coefficients.map { -$0 }
        let effects = effects
        let noise = AndersonRubinSums(effects, counts: counts, size: 1) { _, j, l in
            var sum = 0.0
            for a in contrast.indices {
                for b in contrast.indices { sum += contrast[a] * contrast[b] * effects.covariance(j, l, a, b) }
            }
            return sum
        }
        let square = noise.trace(0, 0, intercept: intercept)
        guard square > 0 else { throw .singularNoise(metrics: effects.metrics) }
        let excess =
            read(sums.total).scatter.quadraticForm(contrast, contrast) - noise.trace(0, intercept: intercept)
        let statistic = excess / (2 * square).squareRoot()
        return AndersonRubinTest(statistic: statistic, pValue: Normal.standard.upperTail(statistic))
    }

    /// All β of one proxy that `andersonRubinTest` does not reject at 1 − level: AR(β) ≤ z_level.
    ///
    /// eᵀRe − tr(RV) is a quadratic N(β) and 2 tr(RVRV) a quartic D(β), so the ends are roots of N² − z²D at which
    /// N has z's sign. The set is an interval where the proxy is strong; it is unbounded where β² → ∞ is not rejected,
    /// which is when the proxy's own excess is not significant at this level; and it is empty where no β fits.
    ///
    /// - Throws: `invalidLevel`, `needsCounts`; `needsOneProxy`; `singularNoise` where the outcome or the proxy has none.
    package func andersonRubinSet(level: Double = 0.95) throws(EstimationError) -> AndersonRubinSet {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        guard proxies.count == 1 else { throw .needsOneProxy(found: proxies.count) }
        let counts = try andersonRubinCounts()
        let effects = effects
        // V(β) = V_YY − β(V_YS + V_SY) + β²V_SS.
        let noise = AndersonRubinSums(effects, counts: counts, size: 3) { power, j, l in
            switch power {
            case 0: effects.covariance(j, l, 0, 0)
            case 1: -effects.covariance(j, l, 0, 1) - effects.covariance(j, l, 1, 0)
            default: effects.covariance(j, l, 1, 1)
            }
        }
        let scatter = read(sums.total).scatter
        let (outcome, proxy) = (noise.trace(0, intercept: intercept), noise.trace(2, intercept: intercept))
        guard outcome > 0, proxy > 0 else { throw .singularNoise(metrics: effects.metrics) }
        let moments = [scatter[0, 0], -2 * scatter[0, 1], scatter[1, 1]]
        var numerator = (0..<3).map { moments[$0] - noise.trace($0, intercept: intercept) }
        var square = Array(repeating: 0.0, count: 5)
        for i in 0..<3 { for j in 0..<3 { square[i + j] += 2 * noise.trace(i, j, intercept: intercept) } }
        // In units that make the outcome's and the proxy's noise equal, and N's 1: nothing depends on metrics' scales.
        let unit = (outcome / proxy).squareRoot()
        var power = 1.0
        for i in square.indices {
            if i < 3 { numerator[i] *= power / outcome }
            square[i] *= power / outcome / outcome
            power *= unit
        }
        let critical = Normal.standard.quantile(level)
        return AndersonRubinSet(
            numerator: numerator, square: square, critical: critical, unit: unit, level: level)
    }

    private func andersonRubinCounts() throws(EstimationError) -> TreatmentEffects.Counts {
        guard let counts = effects.counts else { throw .needsCounts(estimator: "The Anderson–Rubin test") }
        return counts
    }
}
