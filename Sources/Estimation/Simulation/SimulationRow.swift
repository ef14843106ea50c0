/// What many draws tell of one parameter in one cell of a study.
package struct SimulationRow: Sendable, Equatable {
    /// The number of the design among the study's.
    package let cell: Int
    /// nil for joint sets, which are made without an estimator.
    package let estimator: SimulatedEstimator?
    package let intercept: Bool
    /// A proxy, or `joint`.
    package let parameter: String
    /// nil for `joint`.
    package let truth: Double?
    /// nil where fewer than two draws gave an estimate, and for `joint`.
    package let summary: SimulationSummary?
    /// Draws that gave no estimate.
    package let failures: Int
    /// In the order in which intervals were asked for, those that there are for this estimator.
    package let coverage: [SimulationCoverage]

    package static let joint = "joint"
}

/// How estimates spread about the truth.
package struct SimulationSummary: Sendable, Equatable {
    /// Mean less truth.
    package let bias: Double
    /// The Monte Carlo standard error of `bias`, sd/√draws.
    package let biasError: Double
    /// With divisor draws − 1.
    package let standardDeviation: Double
    /// Its Monte Carlo standard error by the estimates' own fourth moment, √((m₄ − m₂²)/(4m₂ draws)).
    package let standardDeviationError: Double
    /// The root of the mean squared distance to the truth.
    package let rootMeanSquare: Double
    package let median: Double
    /// Its Monte Carlo standard error: half the distance of the order statistics √draws/2 below and above it.
    package let medianError: Double
}

/// How often an interval contained the truth.
package struct SimulationCoverage: Sendable, Equatable {
    /// Of the `IntervalCheck`.
    package let name: String
    /// Draws in which there was an interval.
    package let draws: Int
    /// Those of them whose interval contained the truth.
    package let hits: Int

    /// nil where no draw gave an interval.
    package var rate: Double? { draws > 0 ? Double(hits) / Double(draws) : nil }
}
