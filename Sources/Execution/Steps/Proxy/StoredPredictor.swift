package import Estimation
import LinearAlgebra
package import Values

/// A fitted proxy as a results file holds it, with all that predictions need; they equal those of `predict`.
package struct StoredPredictor: Sendable, Equatable {
    package let outcome: String
    package let proxies: [String]
    package let level: Double
    private let coefficients: [Double]
    private let intercept: Double
    private let covariance: Matrix
    private let degreesOfFreedom: Double?
    private let residualVariance: Double

    /// - Parameters:
    ///   - estimator: What stands under an estimator's name.
    ///   - proxy: What that stands in.
    /// - Returns: nil where it has no errors, which estimators without uncertainty have not, or is not a proxy's.
    package init?(estimator: Value, of proxy: Value) {
        guard let outcome = proxy["outcome"]?.string, let names = proxy["proxies"]?.list?.map(\.string),
            let level = proxy["level"]?.number, let predictor = estimator["predictor"],
            let rows = predictor["covariance"]?.list?.compactMap({ $0.list?.compactMap(\.number) }),
            let residual = predictor["residualVariance"]?.number,
            let intercept = estimator["intercept"]?["estimate"]?.number
        else { return nil }
        let proxies = names.compactMap(\.self)
        let coefficients = proxies.compactMap { estimator["coefficients"]?[$0]?["estimate"]?.number }
        let order = proxies.count + 1
        guard proxies.count == names.count, coefficients.count == proxies.count, rows.count == order,
            rows.allSatisfy({ $0.count == order }), residual >= 0, level > 0, level < 1
        else { return nil }
        self.outcome = outcome
        self.proxies = proxies
        self.level = level
        self.coefficients = coefficients
        self.intercept = intercept
        covariance = Matrix(rows: order, columns: order, elements: rows.flatMap(\.self))
        degreesOfFreedom = predictor["df"]?.number
        residualVariance = residual
    }

    /// Whether a covariance matrix, by rows, is negative in no direction, to rounding.
    package static func isSemidefinite(_ elements: [Double], order: Int) -> Bool {
        guard let eigen = try? SymmetricEigen(Matrix(rows: order, columns: order, elements: elements)),
            let least = eigen.values.first, let most = eigen.values.last
        else { return order == 0 }
        return least >= -1e-12 * max(most, 0)
    }

    /// A new experiment's effect on the outcome, by the names of the results file.
    ///
    /// - Parameters:
    ///   - effects: On each proxy, in their order.
    ///   - noise: Their sampling covariance, by rows.
    /// - Throws: what effects that were estimated elsewhere throw.
    package func prediction(
        experiment: String, variant: String, effects: [Double], noise: [Double], level: Double? = nil
    ) throws(EstimationError) -> Object {
        let order = proxies.count
        let estimate = EffectEstimate(
            experiment: experiment, arm: variant, effect: effects,
            own: Matrix(rows: order, columns: order, elements: noise))
        let made = try ProxyPrediction.predictions(
            of: TreatmentEffects(metrics: proxies, estimates: [estimate]), coefficients: coefficients,
            intercept: intercept, covariance: covariance, degreesOfFreedom: degreesOfFreedom,
            level: level ?? self.level, residualVariance: residualVariance)
        return made.first.flatMap { ProxyUse.value($0).object } ?? [:]
    }
}
