/// Student's t distribution with ν > 0 degrees of freedom; ν = ∞ is the standard normal.
package struct StudentT: ContinuousDistribution, Equatable {
    package let degreesOfFreedom: Double

    package init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    package func density(_ t: Double) -> Double {
        let nu = degreesOfFreedom
        guard nu < .infinity else { return Normal.standard.density(t) }
        // Γ((ν+1)/2)/(Γ(ν/2) √(νπ)) by Stirling's series, whose leading terms cancel.
        let gammas =
            SaddlePoint.stirlingError(nu / 2 + 0.5) - SaddlePoint.stirlingError(nu / 2)
            + (nu / 2) * Elementary.log1p(1 / nu) - 0.5
        let constant = Elementary.exp(gammas) / (2 * Double.pi).squareRoot()
        return constant * Elementary.exp(-(nu + 1) / 2 * Elementary.log1p(t * t / nu))
    }

    package func cumulative(_ t: Double) -> Double { t < 0 ? tail(-t) : 1 - tail(t) }
    package func upperTail(_ t: Double) -> Double { t < 0 ? 1 - tail(-t) : tail(t) }

    package func quantile(_ p: Double) -> Double {
        guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
        return p < 0.5 ? -positiveQuantile(p) : p == 0.5 ? 0 : positiveQuantile(1 - p)
    }

    package func upperQuantile(_ q: Double) -> Double { -quantile(q) }

    /// P(T > t), t ≥ 0.
    private func tail(_ t: Double) -> Double {
        let nu = degreesOfFreedom
        guard nu < .infinity else { return Normal.standard.upperTail(t) }
        if t == .infinity { return 0 }
        let (x, y) = t * t > 1e300 ? (nu / t / t, 1) : (nu / (nu + t * t), t * t / (nu + t * t))
        return IncompleteBeta(nu / 2, 0.5, x: x, y: y).lower / 2
    }

    /// The t > 0 with P(T > t) = q < ½.
    private func positiveQuantile(_ q: Double) -> Double {
        let start = Normal.standard.upperQuantile(q)
        guard degreesOfFreedom < .infinity else { return start }
        return inverse(q, isUpper: true, start: max(start, 1e-8))
    }
}

/// The beta distribution with density xᵃ⁻¹(1−x)ᵇ⁻¹/B(a, b) on (0, 1).
package struct BetaDistribution: ContinuousDistribution, Equatable {
    package let a: Double
    package let b: Double

    package init(_ a: Double, _ b: Double) {
        self.a = a
        self.b = b
    }

    package func density(_ x: Double) -> Double {
        x > 0 && x < 1 ? SaddlePoint.betaTerm(a, b, x: x, y: 1 - x) / (x * (1 - x)) : 0
    }

    package func cumulative(_ x: Double) -> Double { parts(x).lower }
    package func upperTail(_ x: Double) -> Double { parts(x).upper }

    /// Through the odds x/(1−x), which are a multiple of an F variable.
    package func quantile(_ p: Double) -> Double { BetaDistribution.share(odds(FisherF(2 * a, 2 * b).quantile(p))) }
    package func upperQuantile(_ q: Double) -> Double {
        BetaDistribution.share(odds(FisherF(2 * a, 2 * b).upperQuantile(q)))
    }

    private func parts(_ x: Double) -> IncompleteBeta {
        let inside = min(1, max(0, x))
        return IncompleteBeta(a, b, x: inside, y: 1 - inside)
    }

    private func odds(_ f: Double) -> Double { f * a / b }
    private static func share(_ odds: Double) -> Double { odds == .infinity ? 1 : odds / (1 + odds) }
}

/// The F distribution with d₁ and d₂ degrees of freedom.
package struct FisherF: ContinuousDistribution, Equatable {
    package let numerator: Double
    package let denominator: Double

    package init(_ numerator: Double, _ denominator: Double) {
        self.numerator = numerator
        self.denominator = denominator
    }

    package func density(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        let total = numerator * x + denominator
        let (p, q) = (numerator * x / total, denominator / total)
        return SaddlePoint.betaTerm(numerator / 2, denominator / 2, x: p, y: q) / x
    }

    package func cumulative(_ x: Double) -> Double { parts(x).lower }
    package func upperTail(_ x: Double) -> Double { parts(x).upper }

    package func quantile(_ p: Double) -> Double {
        p > 0.5 && p <= 1 ? inverse(1 - p, isUpper: true, start: 1) : inverse(p, isUpper: false, start: 1)
    }

    package func upperQuantile(_ q: Double) -> Double {
        q > 0.5 && q <= 1 ? inverse(1 - q, isUpper: false, start: 1) : inverse(q, isUpper: true, start: 1)
    }

    private func parts(_ x: Double) -> IncompleteBeta {
        guard x < .infinity else { return IncompleteBeta(numerator / 2, denominator / 2, x: 1, y: 0) }
        let total = numerator * max(0, x) + denominator
        return IncompleteBeta(
            numerator / 2, denominator / 2, x: numerator * max(0, x) / total, y: denominator / total)
    }
}
