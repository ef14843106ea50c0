internal import LinearAlgebra

/// What all second-moment estimators depend on where every arm has n units, and where each part stands in one vector.
///
/// With τ̄_k the mean effect of experiment k and t the mean of all:
///
/// | part | is | law |
/// | --- | --- | --- |
/// | `mean` | t, G | Normal(μ, Σ_b/K) |
/// | `between` | B = Σ_k (τ̄_k − t)(τ̄_k − t)ᵀ | Wishart(K − 1, Σ_b), Σ_b = (Λ + Ω/n)/m + Ω/n |
/// | `within` | W = Σ_ki (τ̂_ki − τ̄_k)(τ̂_ki − τ̄_k)ᵀ | Wishart(K(m − 1), Λ + Ω/n) |
/// | `controls` | C = Σ_k Ω̂_k0 | Wishart(K(n − 1), Ω)/(n − 1), or KΩ where Ω is known |
/// | `treatments` | T = Σ_ki Ω̂_ki | Wishart(Km(n − 1), Ω)/(n − 1), or KmΩ |
///
/// The parts are independent: means and covariances of normal samples are, and the noise of the control is in τ̄_k alone.
/// Matrices are packed lower triangles.
struct SufficientStatistics: Sendable {
    let order: Int
    private let packed: Int
    private let experiments: Double
    private let arms: Double
    private let units: Double

    init(_ design: SimulationDesign) {
        order = design.order
        packed = PackedSymmetric.count(order: design.order)
        experiments = Double(design.experiments)
        arms = Double(design.arms)
        units = Double(design.unitsPerArm)
    }

    var mean: Int { 0 }
    var between: Int { order }
    var within: Int { between + packed }
    var controls: Int { within + packed }
    var treatments: Int { controls + packed }
    var count: Int { treatments + packed }

    /// Writes the vector of `SumsLayout` that data with these statistics have, every weight 1.
    ///
    /// - Parameter isCentred: Effects less t, as estimators with intercept take them.
    func sums(
        of statistics: UnsafePointer<Double>, isCentred: Bool, layout: SumsLayout,
        into sums: UnsafeMutablePointer<Double>
    ) {
        let effects = experiments * arms
        let ratio = arms / (arms + 1)
        sums[SumsLayout.effects] = effects
        sums[SumsLayout.weight] = effects
        sums[SumsLayout.weightSquare] = effects
        sums[SumsLayout.unitNoise] = effects * 2 / units
        sums[SumsLayout.unitNoiseSquare] = effects * (arms + 1) / units
        sums[SumsLayout.degreesOfFreedom] = experiments * (arms + 1) * (units - 1)
        sums[SumsLayout.precision] = experiments * units * ratio
        let share = isCentred ? 0.0 : 1.0
        var p = 0
        for a in 0..<order {
            let t = share * statistics[mean + a]
            sums[layout.mean + a] = effects * t
            sums[layout.scatterMean + a] = experiments * units * ratio * t
            for b in 0..<(a + 1) {
                let square = experiments * t * statistics[mean + b]
                let (between, within) = (statistics[between + p], statistics[within + p])
                let (control, treated) = (statistics[controls + p], statistics[treatments + p])
                sums[layout.second + p] = within + arms * (between + square)
                sums[layout.noise + p] = (arms * control + treated) / units
                sums[layout.noiseSquare + p] = (arms * arms * control + treated) / units
                sums[layout.pooled + p] = (units - 1) * (control + treated)
                sums[layout.scatter + p] = units * (within + ratio * (between + square))
                sums[layout.scatterNoise + p] = ratio * (control + treated)
                sums[layout.scatterMeanNoise + p] =
                    units * (arms * arms * control + treated) / ((arms + 1) * (arms + 1))
                p += 1
            }
        }
    }
}
