import Documents
import Estimation
import Values

/// The values of a simulation of the hierarchical model: its constants, and flat rows by cell, estimator and parameter.
struct HierarchicalSimulationValues {
    let study: HierarchicalStudy
    let grid: HierarchicalGrid

    func value(_ rows: [HierarchicalRow], _ calibration: [CalibrationRow]) -> Value {
        var design: Object = ["model": "normal-normal"]
        for (key, value) in grid.common { design[key.resultName] = value }
        var values: Object = ["design": .object(design), "draws": Value(study.draws), "level": Value(study.level)]
        if let prior = study.prior { values["prior"] = prior.value }
        if !grid.axes.isEmpty {
            values["grid"] = .object(
                Object(grid.axes.map { ($0.key.resultName, .list($0.nodes.map(\.value))) }))
        }
        values["rows"] = .list(rows.map(row))
        if let first = calibration.first {
            values["calibration"] = [
                "bins": Value(first.counts.count), "draws": Value(study.draws), "rows": .list(calibration.map(row)),
            ]
        }
        return .object(values)
    }

    private func head(_ estimator: HierarchicalEstimator, cell: Int) -> Object {
        var object: Object = [
            "estimator": .string(estimator.name), "correlation": .string(estimator.correlation.optionName),
        ]
        if case .point = estimator.method { object["test"] = .string(estimator.test.rawValue) }
        for (axis, value) in zip(grid.axes, grid.values[cell]) { object[axis.key.resultName] = value }
        return object
    }

    private func row(_ row: HierarchicalRow) -> Value {
        var object = head(row.estimator, cell: row.cell)
        object["parameter"] = .string(row.parameter.rawValue)
        object["truth"] = Value(row.truth)
        object["bias"] = Value(row.summary?.bias)
        object["mcse"] = Value(row.summary?.biasError)
        object["sd"] = Value(row.summary?.standardDeviation)
        object["rmse"] = Value(row.summary?.rootMeanSquare)
        object["median"] = Value(row.summary?.median)
        object["failures"] = Value(row.failures)
        for (key, value) in row.coverage.values { object[key] = value }
        return .object(object)
    }

    private func row(_ row: CalibrationRow) -> Value {
        var object: Object = ["method": .string(row.estimator.methodName)]
        for (key, value) in head(row.estimator, cell: row.cell) { object[key] = value }
        object["parameter"] = .string(row.parameter.rawValue)
        object["bins"] = Value(row.counts.count)
        object["draws"] = Value(row.draws)
        object["counts"] = .list(row.counts.map { Value($0) })
        object["expected"] = Value(row.expected)
        object["chiSquared"] = Value(row.chiSquared)
        object["df"] = Value(row.degreesOfFreedom)
        object["p"] = Value(row.pValue)
        return .object(object)
    }
}

extension HierarchicalEstimator {
    /// With what it makes of a shared control, where it does not honour it: `bayes`, `bayes-ignore`.
    var methodName: String {
        correlation == .sharedControl ? name : "\(name)-\(correlation.optionName)"
    }

    /// In a table: with its test, too.
    var title: String { EstimatorNames.title(methodName) + (test == .knappHartung ? ", Knapp–Hartung" : "") }
}

extension EffectCorrelation {
    /// As the language names it.
    var optionName: String {
        switch self {
        case .sharedControl: "shared-control"
        case .ignore: "ignore"
        case .onePerExperiment: "one-per-experiment"
        }
    }
}

extension HierarchicalParameter {
    /// In a table and in prose.
    var symbol: String {
        switch self {
        case .mean: "μ"
        case .tau: "τ"
        case .effect: "θ"
        }
    }
}
