import Estimation
import LinearAlgebra
import Values

/// The values of a `simulation`: its constants, and flat rows by cell, estimator and parameter.
enum SimulationValues {
    static func make(_ study: SimulationStudy, _ grid: SimulationGrid, _ rows: [SimulationRow]) -> Value {
        var values: Object = [
            "design": design(grid), "omega": .string(study.noise.rawValue), "draws": Value(study.draws),
        ]
        if !grid.axes.isEmpty {
            values["grid"] = .object(Object(grid.axes.map { ($0.key.rawValue, .list($0.values)) }))
        }
        if !study.intervals.isEmpty {
            values["intervals"] = Value(study.intervals.map(\.name))
            values["level"] = Value(study.level)
            values["bootstrap"] = Value(study.bootstrapDraws)
        }
        values["rows"] = .list(rows.map { row($0, study, grid) })
        values["laws"] = .list(study.cells.map { law($0.design, grid) })
        return .object(values)
    }

    /// What all cells have in common.
    private static func design(_ grid: SimulationGrid) -> Value {
        var design: Object = [:]
        if let name = grid.name { design["name"] = .string(name) }
        design["metrics"] = Value(grid.base.metrics)
        design["effects"] = matrix(grid.base.effectCovariance)
        design["units"] = matrix(grid.base.unitCovariance)
        design["mean"] = Value(grid.base.mean)
        design["coefficients"] = .object(
            Object(zip(grid.base.proxies, grid.base.coefficients).map { ($0, Value($1)) }))
        for key in SimulationGrid.Key.allCases where !grid.axes.contains(where: { $0.key == key }) {
            design[key.rawValue] = SimulationGrid.value(key, of: grid.base)
        }
        return .object(design)
    }

    /// The covariances behind a cell: of true effects, of the noise in estimated ones (one arm against its control), and
    /// of estimated effects, which is their sum.
    private static func law(_ design: SimulationDesign, _ grid: SimulationGrid) -> Value {
        var law: Object = [:]
        for (key, _) in grid.axes { law[key.rawValue] = SimulationGrid.value(key, of: design) }
        let noise = (2 / Double(design.unitsPerArm)) * design.unitCovariance
        law["metrics"] = Value(design.metrics)
        law["effects"] = ["matrix": matrix(design.trueCovariance)]
        law["noise"] = ["matrix": matrix(noise)]
        law["estimated"] = ["matrix": matrix(design.trueCovariance + noise)]
        return .object(law)
    }

    private static func matrix(_ matrix: Matrix) -> Value {
        .list((0..<matrix.rows).map { Value(matrix.row($0)) })
    }

    private static func row(_ row: SimulationRow, _ study: SimulationStudy, _ grid: SimulationGrid) -> Value {
        // A joint set has no estimator; it goes by its own name.
        let name = row.estimator?.estimator.name ?? row.coverage.first?.name ?? ""
        var object: Object = ["estimator": .string(name), "intercept": .boolean(row.intercept)]
        switch row.estimator?.estimator {
        case .fuller(let alpha), .hfuller(let alpha): object["alpha"] = Value(alpha)
        case .kClass(let k): object["k"] = Value(k)
        default: break
        }
        for (key, _) in grid.axes {
            object[key.rawValue] = SimulationGrid.value(key, of: study.cells[row.cell].design)
        }
        object["parameter"] = .string(row.parameter)
        if row.estimator != nil { addEstimates(of: row, to: &object) }
        if !row.coverage.isEmpty { for (key, value) in row.coverage.values { object[key] = value } }
        return .object(object)
    }

    private static func addEstimates(of row: SimulationRow, to object: inout Object) {
        object["truth"] = Value(row.truth)
        object["bias"] = Value(row.summary?.bias)
        object["mcse"] = Value(row.summary?.biasError)
        object["sd"] = Value(row.summary?.standardDeviation)
        object["rmse"] = Value(row.summary?.rootMeanSquare)
        object["median"] = Value(row.summary?.median)
        object["failures"] = Value(row.failures)
    }
}
