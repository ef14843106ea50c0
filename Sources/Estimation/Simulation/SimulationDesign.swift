package import LinearAlgebra

/// The law of simulated experiments: an outcome and its proxies in K experiments of one size.
///
/// Every experiment has one control and m treatments of n units each. True effects τ of treatments are independent,
/// with direct effects τ ~ Normal(μ, Λ), without them τ_S ~ Normal(μ_S, Λ_SS) and τ_Y = βᵀτ_S exactly, where
/// β = Λ_SS⁻¹Λ_SY either way. Units are Normal about their arm's mean with covariance Ω, so an arm's mean has noise
/// Normal(0, Ω/n), and the control's noise is in all effects of its experiment.
package struct SimulationDesign: Sendable, Equatable {
    /// What of a design breaks a rule.
    package enum Part: Sendable, Equatable {
        case metrics, effects, units, mean, experiments, arms, unitsPerArm
        /// Of a `HierarchicalDesign`.
        case variants, mu, tau, controlVariance, treatmentVariance, outlier
    }

    /// The outcome first, then the proxies.
    package let metrics: [String]
    /// Λ, G × G.
    package let effectCovariance: Matrix
    /// Ω, G × G.
    package let unitCovariance: Matrix
    /// μ, G.
    package let mean: [Double]
    /// K.
    package private(set) var experiments: Int
    /// m, treatments of an experiment.
    package private(set) var arms: Int
    /// n, units of every arm.
    package private(set) var unitsPerArm: Int
    package private(set) var hasDirectEffects: Bool
    /// β, by proxy.
    package let coefficients: [Double]

    /// How many arms a simulated data set may have in all.
    package static let armLimit = 10_000_000

    /// - Parameter mean: μ; nil for zeros.
    /// - Throws: `invalidDesign` for fewer than two metrics or names that repeat, matrices or means of another shape or
    ///   not finite, matrices that are not symmetric positive semi-definite, units that do not vary on a metric, Λ_SS
    ///   that is not positive definite, and the sizes that `resized` refuses.
    package init(
        metrics: [String], effectCovariance: Matrix, unitCovariance: Matrix, mean: [Double]? = nil, experiments: Int,
        arms: Int = 1, unitsPerArm: Int, hasDirectEffects: Bool = true
    ) throws(EstimationError) {
        let order = metrics.count
        guard order >= 2 else {
            throw .invalidDesign(.metrics, rule: "A design has an outcome and at least one proxy")
        }
        for (index, metric) in metrics.enumerated() where metrics[..<index].contains(metric) {
            throw .duplicateMetric(metric)
        }
        try SimulationDesign.check(effectCovariance, order: order, .effects)
        try SimulationDesign.check(unitCovariance, order: order, .units)
        guard unitCovariance.diagonal.allSatisfy({ $0 > 0 }) else {
            throw .invalidDesign(.units, rule: "Units vary on every metric")
        }
        let mean = mean ?? Array(repeating: 0, count: order)
        guard mean.count == order, mean.allSatisfy(\.isFinite) else {
            throw .invalidDesign(.mean, rule: "The mean of true effects has one finite number for every metric")
        }
        self.metrics = metrics
        self.effectCovariance = effectCovariance.symmetrised
        self.unitCovariance = unitCovariance.symmetrised
        self.mean = mean
        coefficients = try SimulationDesign.coefficients(effectCovariance.symmetrised)
        (self.experiments, self.arms) = (experiments, arms)
        self.unitsPerArm = unitsPerArm
        self.hasDirectEffects = hasDirectEffects
        try checkSizes()
    }

    /// The design with some of its numbers changed.
    ///
    /// - Throws: `invalidDesign` for fewer than two experiments, less than one arm, fewer than two units or more than
    ///   10¹¹, more arms than `armLimit`, or no more effects than proxies.
    package func changed(
        experiments: Int? = nil, arms: Int? = nil, unitsPerArm: Int? = nil, hasDirectEffects: Bool? = nil
    ) throws(EstimationError) -> SimulationDesign {
        var design = self
        design.experiments = experiments ?? self.experiments
        design.arms = arms ?? self.arms
        design.unitsPerArm = unitsPerArm ?? self.unitsPerArm
        design.hasDirectEffects = hasDirectEffects ?? self.hasDirectEffects
        try design.checkSizes()
        return design
    }

    /// G.
    package var order: Int { metrics.count }
    package var outcome: String { metrics[0] }
    package var proxies: [String] { Array(metrics.dropFirst()) }
    /// J = Km.
    package var effectCount: Int { experiments * arms }

    private func checkSizes() throws(EstimationError) {
        guard experiments >= 2, experiments <= SimulationDesign.armLimit else {
            throw .invalidDesign(.experiments, rule: "A design has at least 2 experiments and at most 10 million arms")
        }
        guard arms >= 1, arms <= SimulationDesign.armLimit, experiments * (arms + 1) <= SimulationDesign.armLimit else {
            throw .invalidDesign(.arms, rule: "An experiment has at least 1 treatment, and all at most 10 million arms")
        }
        guard effectCount > order - 1 else {
            throw .invalidDesign(.experiments, rule: "A design has more effects than proxies")
        }
        guard unitsPerArm >= 2, unitsPerArm <= 100_000_000_000 else {
            throw .invalidDesign(.unitsPerArm, rule: "An arm has at least 2 units, and at most 10¹¹")
        }
    }

    private static func check(_ matrix: Matrix, order: Int, _ part: Part) throws(EstimationError) {
        let name = part == .effects ? "The covariance of true effects" : "The covariance of units"
        guard matrix.rows == order, matrix.columns == order else {
            throw .invalidDesign(part, rule: "\(name) has one row and one column for every metric, \(order) here")
        }
        guard matrix.isFinite else { throw .invalidDesign(part, rule: "\(name) has finite numbers") }
        let spread = matrix.diagonal
        for i in 0..<order {
            for j in 0..<i {
                let scale = (spread[i] * spread[j]).magnitude.squareRoot()
                guard (matrix[i, j] - matrix[j, i]).magnitude <= 1e-9 * scale else {
                    throw .invalidDesign(part, rule: "\(name) is symmetric")
                }
            }
        }
        let scaled = CovarianceModel.scaled(matrix.symmetrised, by: spread)
        let smallest = (try? SymmetricEigen(scaled).values.first) ?? -1
        guard spread.allSatisfy({ $0 >= 0 }), smallest >= -1e-10 else {
            throw .invalidDesign(part, rule: "\(name) is positive semi-definite")
        }
    }

    /// β = Λ_SS⁻¹Λ_SY.
    private static func coefficients(_ covariance: Matrix) throws(EstimationError) -> [Double] {
        let indices = Array(1..<covariance.rows)
        let block = covariance.submatrix(rows: indices, columns: indices)
        let scaled = CovarianceModel.scaled(block, by: block.diagonal)
        guard (try? Cholesky(scaled, tolerance: 1e-10)) != nil, let factor = try? Cholesky(block) else {
            throw .invalidDesign(.effects, rule: "The covariance of true effects on the proxies is positive definite")
        }
        return factor.solve(indices.map { covariance[$0, 0] })
    }
}
