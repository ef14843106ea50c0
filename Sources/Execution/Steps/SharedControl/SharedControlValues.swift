import Estimation
import Values

/// What a shared control does, by the names of the results file: `sharedControl`.
enum SharedControlValues {
    static func value(of found: SharedControlDiagnostics) -> Value {
        [
            "tauSquared": Value(found.tauSquared), "inflationThreshold": Value(found.inflationThreshold),
            "outlierThreshold": Value(found.outlierThreshold),
            "experiments": .list(found.experiments.map { experiment($0, found) }),
            "standing": .list(found.standing.prefix(20).map { experiment($0, found) }),
            "verdict": [
                "sentence": .string(SharedControlFindings.verdict(of: found)),
                "estimate": Value(found.verdict.ignoringMean), "stated": Value(found.verdict.stated),
                "actual": Value(found.verdict.actual), "ratio": Value(found.verdict.ratio),
                "direction": .string(found.verdict.direction.name),
            ],
        ]
    }

    private static func experiment(_ experiment: ExperimentDiagnostics, _ found: SharedControlDiagnostics) -> Value {
        var object: Object = ["experiment": .string(experiment.experiment), "arms": Value(experiment.armCount)]
        if let correlations = experiment.correlations {
            object["correlation"] = [
                "least": Value(correlations.lowerBound), "greatest": Value(correlations.upperBound),
            ]
        }
        var information: Object = [
            "correlated": Value(experiment.correlatedInformation),
            "independent": Value(experiment.independentInformation),
            "inflation": Value(experiment.informationInflation),
        ]
        if let bound = experiment.informationBound { information["bound"] = Value(bound) }
        object["information"] = .object(information)
        object["outlyingControl"] = Value(experiment.outlyingControl)
        object["isInflated"] = .boolean(found.isInflated(experiment))
        object["isOutlying"] = .boolean(found.isOutlying(experiment))
        return .object(object)
    }
}

extension SharedControlVerdict.Direction {
    var name: String {
        switch self {
        case .tooSmall: "too small"
        case .tooLarge: "too large"
        case .equal: "equal"
        }
    }
}
