import Documents
import Estimation
import Results
import Values

/// What is told of units beside their effects: how many, how they were split, whether arms are alike where they should be,
/// what adjusted and bounded them.
struct UnitReport: Sendable {
    struct Split: Sendable {
        var experiment: String
        var arms: [(variant: String, count: Int, share: Double)]
        /// nil where no test can be made.
        var test: SampleRatioTest?
    }

    struct Comparison: Sendable {
        var experiment: String
        var test: EqualArmsTest
    }

    struct Adjustment: Sendable {
        var experiment: String
        /// By metric, in the order of its covariates.
        var coefficients: [[Double]]
        /// By metric, covariates that took no part.
        var unused: [[Int]]
    }

    let request: UnitsRequest
    var analysed = 0
    var leftOut = 0
    var filled = 0
    /// nil where units are not in clusters.
    var clusters: Int?
    /// Of the arm with the fewest.
    var fewestClusters: Int?
    var splits: [Split] = []
    var balance: [Comparison] = []
    var alike: [Comparison] = []
    var adjustments: [Adjustment] = []
    var winsorised: [UnitSums.Winsorised] = []

    init(_ request: UnitsRequest) { self.request = request }

    /// Adds to what an `effects` directive makes.
    func add(to values: inout Object) {
        var units: Object = ["analysed": Value(analysed), "leftOut": Value(leftOut)]
        if let clusters { units["clusters"] = Value(clusters) }
        values["units"] = .object(units)
        values["sampleRatio"] = .list(splits.compactMap { split in split.test.map { value(split, $0) } })
        if !request.design.covariates.isEmpty {
            values["balance"] = .list(balance.map(value))
            values["adjustments"] = .list(adjustments.map(value))
        }
        if request.alike.isAsked { values["aa"] = .list(alike.map(value)) }
        if !request.bounds.isEmpty { values["winsorised"] = .list(winsorised.map(value)) }
    }

    private func value(_ split: Split, _ test: SampleRatioTest) -> Value {
        [
            "experiment": .string(split.experiment), "statistic": Value(test.statistic),
            "df": Value(test.degreesOfFreedom), "p": Value(test.p),
            "arms": .list(
                zip(split.arms, test.expected).map { arm, expected in
                    ["variant": .string(arm.variant), "units": Value(arm.count), "expected": Value(expected)]
                }),
        ]
    }

    private func value(_ comparison: Comparison) -> Value {
        [
            "experiment": .string(comparison.experiment), "statistic": Value(comparison.test.statistic),
            "df": [Value(comparison.test.numerator), Value(comparison.test.denominator)],
            "p": Value(comparison.test.p),
        ]
    }

    private func value(_ adjustment: Adjustment) -> Value {
        var metrics: Object = [:]
        for (m, metric) in request.design.metrics.enumerated() where !request.design.adjustments[m].isEmpty {
            let names = request.design.adjustments[m].map { request.design.covariates[$0].name }
            metrics[metric.name] = .object(Object(zip(names, adjustment.coefficients[m].map { Value($0) })))
        }
        return ["experiment": .string(adjustment.experiment), "coefficients": .object(metrics)]
    }

    private func value(_ made: UnitSums.Winsorised) -> Value {
        [
            "experiment": .string(made.experiment), "column": .string(request.bounds[made.bound].column),
            "lower": Value(made.values.lower), "upper": Value(made.values.upper), "raised": Value(made.raised),
            "lowered": Value(made.lowered),
        ]
    }
}
