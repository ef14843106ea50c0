import Estimation
import LinearAlgebra
import Values

/// The values of one estimated covariance.
extension CovarianceStep {
    static func entry(_ made: CovarianceEstimate, _ request: Request, indefinite: Double?) -> Value {
        let entries = Entries(
            metrics: made.metrics, covariance: made.covariance, correlation: { made.correlation($0, $1) },
            error: { made.standardErrors?[$0, $1] }, interval: { made.interval($0, $1, level: request.level) },
            correlationInterval: { made.correlationInterval($0, $1, level: request.level) })
        var object = entries.object
        object["positiveSemidefinite"] = .boolean(made.isPositiveSemidefinite)
        object["eigenvalues"] = Value(made.eigenvalues)
        object["noise"] = Value((0..<made.metrics.count).map { made.noise.row($0) })
        object["mean"] = Value(made.mean)
        if !made.isPositiveSemidefinite, let repaired = made.repaired {
            object["repaired"] = Value((0..<made.metrics.count).map { repaired.row($0) })
        }
        if let indefinite { object["bootstrap"] = ["draws": Value(request.draws), "indefinite": Value(indefinite)] }
        return .object(object)
    }

    static func entry(_ made: CovarianceREML, level: Double) -> Value {
        let entries = Entries(
            metrics: made.metrics, covariance: made.covariance, correlation: { made.correlation($0, $1) },
            error: { made.standardError($0, $1) }, interval: { made.interval($0, $1, level: level) },
            correlationInterval: { made.correlationInterval($0, $1, level: level) })
        var object = entries.object
        object["positiveSemidefinite"] = true
        object["eigenvalues"] = Value(made.eigenvalues)
        object["mean"] = Value(made.mean)
        if let errors = made.meanCovariance?.diagonal { object["meanErrors"] = Value(errors.map { $0.squareRoot() }) }
        object["boundary"] = .boolean(made.isBoundary)
        object["rank"] = Value(made.rank)
        object["logLikelihood"] = Value(made.logLikelihood)
        object["iterations"] = Value(made.iterations)
        return .object(object)
    }

    /// Matrices as lists of rows, and the same by the metrics' names: `entries.a.b.covariance` and `….correlation`.
    private struct Entries {
        let metrics: [String]
        let covariance: Matrix
        let correlation: (Int, Int) -> Double?
        let error: (Int, Int) -> Double?
        let interval: (Int, Int) -> ConfidenceInterval?
        let correlationInterval: (Int, Int) -> ConfidenceInterval?

        var object: Object {
            var object: Object = [
                "matrix": rows { Value(covariance[$0, $1]) }, "correlation": rows { Value(correlation($0, $1)) },
                "intervals": rows { Entries.value(interval($0, $1)) },
                "correlationIntervals": rows { Entries.value(correlationInterval($0, $1)) },
            ]
            let errors = rows { Value(error($0, $1)) }
            if metrics.indices.contains(where: { error($0, $0) != nil }) { object["standardErrors"] = errors }
            var all: Object = [:]
            for (i, metric) in metrics.enumerated() {
                var row: Object = [:]
                for (j, other) in metrics.enumerated() { row[other] = pair(i, j) }
                all[metric] = .object(row)
            }
            object["entries"] = .object(all)
            return object
        }

        private func pair(_ i: Int, _ j: Int) -> Value {
            var covariance: Object = ["estimate": Value(self.covariance[i, j])]
            if let error = error(i, j) { covariance["se"] = Value(error) }
            if let interval = interval(i, j) { covariance["interval"] = Entries.value(interval) }
            var pair: Object = ["covariance": .object(covariance)]
            guard i != j, let rho = self.correlation(i, j) else { return .object(pair) }
            var correlation: Object = ["estimate": Value(rho)]
            if let interval = correlationInterval(i, j) { correlation["interval"] = Entries.value(interval) }
            pair["correlation"] = .object(correlation)
            return .object(pair)
        }

        private func rows(_ element: (Int, Int) -> Value) -> Value {
            .list(metrics.indices.map { i in .list(metrics.indices.map { j in element(i, j) }) })
        }

        private static func value(_ interval: ConfidenceInterval?) -> Value {
            interval.map { Value([$0.lower, $0.upper]) } ?? .null
        }
    }
}
