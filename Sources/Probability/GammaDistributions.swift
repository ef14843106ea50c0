/// The gamma distribution with density xᵃ⁻¹ e^(−x/θ) / (Γ(a) θᵃ) on x > 0.
package struct GammaDistribution: ContinuousDistribution, Equatable {
    package let shape: Double
    package let scale: Double

    package init(shape: Double, scale: Double = 1) {
        self.shape = shape
        self.scale = scale
    }

    package func density(_ x: Double) -> Double {
        guard x >= 0 else { return 0 }
        guard x > 0 else { return shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0 }
        return SaddlePoint.poisson(shape, mean: x / scale) * shape / x
    }

    package func cumulative(_ x: Double) -> Double { IncompleteGamma(shape, max(0, x / scale)).lower }
    package func upperTail(_ x: Double) -> Double { IncompleteGamma(shape, max(0, x / scale)).upper }

    package func quantile(_ p: Double) -> Double {
        p > 0.5 && p <= 1
            ? inverse(1 - p, isUpper: true, start: shape * scale) : inverse(p, isUpper: false, start: shape * scale)
    }

    package func upperQuantile(_ q: Double) -> Double {
        q > 0.5 && q <= 1
            ? inverse(1 - q, isUpper: false, start: shape * scale) : inverse(q, isUpper: true, start: shape * scale)
    }
}

/// The chi-squared distribution, a gamma distribution of shape ν/2 and scale 2.
package struct ChiSquared: ContinuousDistribution, Equatable {
    package let degreesOfFreedom: Double
    private var gamma: GammaDistribution { GammaDistribution(shape: degreesOfFreedom / 2, scale: 2) }

    package init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    package func density(_ x: Double) -> Double { gamma.density(x) }
    package func cumulative(_ x: Double) -> Double { gamma.cumulative(x) }
    package func upperTail(_ x: Double) -> Double { gamma.upperTail(x) }
    package func quantile(_ p: Double) -> Double { gamma.quantile(p) }
    package func upperQuantile(_ q: Double) -> Double { gamma.upperQuantile(q) }
}
