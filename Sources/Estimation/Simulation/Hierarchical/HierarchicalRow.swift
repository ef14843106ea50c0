/// What many data sets tell of one parameter by one estimator in one cell of a study.
package struct HierarchicalRow: Sendable, Equatable {
    /// The number of the design among the study's.
    package let cell: Int
    package let estimator: HierarchicalEstimator
    package let parameter: HierarchicalParameter
    /// nil where it differs between data sets.
    package let truth: Double?
    /// nil where fewer than two data sets gave an estimate.
    package let summary: Summary?
    /// Data sets that gave no estimate.
    package let failures: Int
    package let coverage: [SimulationCoverage]

    /// How estimates spread about the truth; for θ over all effects of all data sets.
    package struct Summary: Sendable, Equatable {
        /// Mean of estimate less truth.
        package let bias: Double
        /// The Monte Carlo standard error of `bias`; for θ between data sets.
        package let biasError: Double
        /// Of estimate less truth.
        package let standardDeviation: Double
        /// The root of the mean squared distance to the truth.
        package let rootMeanSquare: Double
        /// nil where the truth differs, and for θ.
        package let median: Double?
    }
}
