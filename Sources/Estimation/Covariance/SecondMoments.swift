internal import LinearAlgebra

/// Readings of a vector of sums: the matrices that estimators are made of.
struct SecondMoments: Sendable {
    let sums: [Double]
    let layout: SumsLayout
    let intercept: Bool

    private func matrix(_ offset: Int) -> Matrix { PackedSymmetric.unpack(sums, at: offset, order: layout.order) }
    private func vector(_ offset: Int) -> [Double] { Array(sums[offset..<offset + layout.order]) }
    private var weight: Double { sums[SumsLayout.weight] }

    var effectCount: Double { sums[SumsLayout.effects] }
    /// Σ w_j τ_j of the shifted effects.
    var mean: [Double] { vector(layout.mean).map { $0 / weight } }
    /// d = 1 − Σw², or 1 without intercept.
    var divisor: Double { intercept ? 1 - sums[SumsLayout.weightSquare] / (weight * weight) : 1 }

    /// A, the weighted second moment of effects, about their mean where there is an intercept.
    var scatterOfEffects: Matrix {
        let second = matrix(layout.second) / weight
        return intercept ? second - .outer(mean, mean) : second
    }

    /// N under each arm's own covariance.
    var noise: Matrix {
        let own = matrix(layout.noise) / weight
        return intercept ? own - matrix(layout.noiseSquare) / (weight * weight) : own
    }

    /// N under one covariance of units.
    var pooledNoise: Matrix {
        var factor = sums[SumsLayout.unitNoise] / weight
        if intercept { factor -= sums[SumsLayout.unitNoiseSquare] / (weight * weight) }
        return factor * unitCovariance
    }

    /// ν.
    var degreesOfFreedom: Double { sums[SumsLayout.degreesOfFreedom] }
    /// Ω̂.
    var unitCovariance: Matrix { matrix(layout.pooled) / degreesOfFreedom }
    /// b/P, the generalised least squares mean of the shifted effects; 0 without intercept.
    var scatterMean: [Double] {
        vector(layout.scatterMean).map { intercept ? $0 / sums[SumsLayout.precision] : 0 }
    }
    /// M, less bbᵀ/P where there is an intercept.
    var scatter: Matrix {
        let raw = matrix(layout.scatter)
        guard intercept else { return raw }
        let b = vector(layout.scatterMean)
        return raw - Matrix.outer(b, b) / sums[SumsLayout.precision]
    }
    /// The noise in `scatter` under each arm's own covariance.
    var scatterNoise: Matrix {
        let raw = matrix(layout.scatterNoise)
        return intercept ? raw - matrix(layout.scatterMeanNoise) / sums[SumsLayout.precision] : raw
    }
    /// J′.
    var scatterDegrees: Double { effectCount - (intercept ? 1 : 0) }
}
