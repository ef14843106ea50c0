import Estimation
import LinearAlgebra
import Values

/// What coefficients are used for: predictions, the share explained, signs, quality at a sample size.
struct ProxyUse {
    let model: ProxyModel
    let coefficients: [Double]
    let intercept: Double
    /// Of (β̂, α̂), p + 1 squared; nil where coefficients have no errors.
    let covariance: Matrix?
    let degreesOfFreedom: Double?
    /// Of true effects; nil for estimators that make none.
    let law: EffectLaw?
    let rSquaredError: Double?
    let name: String

    func values(_ request: ProxyRequest, new: TreatmentEffects?) throws(EstimationError) -> Object {
        var object: Object = [:]
        if let law { object["rSquared"] = explained(law) }
        let signs = model.observedSigns(coefficients: coefficients, intercept: intercept)
        object["signAgreement"] = [
            "expected": Value(law.flatMap(expectedAgreement)),
            "observed": Value(signs.arms > 0 ? Double(signs.agreeing) / Double(signs.arms) : nil),
            "arms": Value(signs.arms),
        ]
        if let law, let sizes = request.sizes, law.outcome > 0, let units = try? model.unitCovariance() {
            object["quality"] = try quality(law, units, sizes)
        }
        let residual = law?.residualVariance(coefficients) ?? 0
        if let covariance { object["predictor"] = predictor(covariance, residual) }
        if let new, let covariance {
            let predictions = try ProxyPrediction.predictions(
                of: new, coefficients: coefficients, intercept: intercept, covariance: covariance,
                degreesOfFreedom: degreesOfFreedom, level: request.level,
                residualVariance: residual)
            object["prediction"] = ["rows": .list(predictions.map(ProxyUse.value))]
        }
        return object
    }

    /// What predictions need beside the coefficients, for those who make them elsewhere (`StoredPredictor`).
    private func predictor(_ covariance: Matrix, _ residualVariance: Double) -> Value {
        [
            "covariance": .list((0..<covariance.rows).map { Value(covariance.row($0)) }),
            "df": Value(degreesOfFreedom), "residualVariance": Value(residualVariance),
        ]
    }

    private func explained(_ law: EffectLaw) -> Value {
        var value: Object = ["estimate": Value(law.rSquared(coefficients))]
        if let rSquaredError { value["se"] = Value(rSquaredError) }
        return .object(value)
    }

    /// P(the index of true effects has the sign of the outcome's true effect) under a normal law.
    private func expectedAgreement(_ law: EffectLaw) -> Double? {
        SignAgreement.probability(
            meanX: dot(coefficients, Array(law.mean.dropFirst())) + intercept, meanY: law.mean[0],
            varianceX: law.proxies.quadraticForm(coefficients, coefficients), varianceY: law.outcome,
            covariance: dot(coefficients, law.cross))
    }

    private func quality(_ law: EffectLaw, _ units: Matrix, _ sizes: [Double]) throws(EstimationError) -> Value {
        let sizes = sizes.isEmpty ? ProxyQuality.sizes(around: model.medianArmSize ?? 1000) : sizes.sorted()
        let quality = try ProxyQuality(
            law, unitCovariance: units, coefficients: coefficients, sizes: sizes, estimator: name,
            proxies: model.proxies)
        let rows = quality.rows.map { row -> Value in
            [
                "n": Value(row.size), "index": Value(row.quality), "coefficients": Value(row.fixed),
                "outcome": Value(row.outcome),
                "single": .object(Object(zip(model.proxies, row.single).map { ($0, Value($1)) })),
                "weights": ProxyValues.byProxy(model.proxies, row.weights), "signAgreement": Value(row.signAgreement),
            ]
        }
        return ["rows": .list(rows)]
    }

    static func value(_ prediction: ProxyPrediction) -> Value {
        [
            "experiment": .string(prediction.experiment), "variant": .string(prediction.arm),
            "estimate": Value(prediction.estimate), "se": Value(prediction.standardError),
            "interval": ProxyValues.interval(prediction.interval),
            "measurementSe": Value(prediction.measurementVariance.squareRoot()),
            "coefficientSe": Value(prediction.coefficientVariance.squareRoot()),
            "residualSe": Value(prediction.residualVariance.squareRoot()),
        ]
    }
}
