internal import LinearAlgebra
internal import Probability

/// A model with its variance components estimated, in the model's own unit and standardised columns.
struct FittedModel: Sendable {
    let model: EffectModel
    let options: RandomEffectsOptions
    let components: Components
    let point: LikelihoodPoint
    /// Q(τ̂²)/(N − p) with Knapp and Hartung's errors, else 1.
    let inflation: Double

    /// - Parameter near: Components of almost the same effects, to start from.
    /// - Throws: `noConvergence`, `noResidualVariance`.
    init(
        _ model: EffectModel, _ options: RandomEffectsOptions, near start: Components? = nil
    ) throws(EstimationError) {
        self.model = model
        self.options = options
        components = try FittedModel.components(model, options, near: start)
        point = try LikelihoodPoint(model, components)
        guard options.test == .knappHartung else {
            inflation = 1
            return
        }
        inflation = point.residual / point.degreesOfFreedom
        // Rounding alone leaves about the square of an ulp of the effects.
        guard inflation > 1e-28 * FittedModel.magnitude(model) else { throw .noResidualVariance }
    }

    /// The mean squared effect over the mean noise.
    private static func magnitude(_ model: EffectModel) -> Double {
        let place = model.offset[0]
        let square = SampleMoments.mean(model.centred.map { $0 * $0 })
        return (place * place + square) / VarianceGrid.noise(model)
    }

    private static func components(
        _ model: EffectModel, _ options: RandomEffectsOptions, near start: Components?
    ) throws(EstimationError) -> Components {
        guard options.levels == .effects else {
            let search = ComponentSearch(model: model, isRestricted: options.estimator == .reml)
            if let start, start.arm > 0, start.experiment > 0 { return try search.polished(start, free: [true, true]) }
            return try search.maximum()
        }
        let search = HeterogeneitySearch(model: model, estimator: options.estimator)
        if options.estimator.isLikelihood, let start, let found = try search.maximum(near: start.arm) {
            return Components(arm: found)
        }
        return Components(arm: try search.estimate())
    }

    /// Covariance of the standardised coefficients.
    var covariance: Matrix { inflation * point.inverse }

    /// Coefficients of effects, not of their residuals.
    var coefficients: [Double] { zip(point.beta, model.offset).map { $0 + $1 } }

    /// Of coefficients; nil for z.
    var degreesOfFreedom: Double? { options.test == .knappHartung ? point.degreesOfFreedom : nil }

    /// The quantile that reaches from an estimate to its interval's ends.
    var multiple: Double {
        let tail = (1 - options.level) / 2
        guard let degreesOfFreedom else { return Normal.standard.upperQuantile(tail) }
        return StudentT(degreesOfFreedom: degreesOfFreedom).upperQuantile(tail)
    }
}

extension Coefficient {
    init(
        _ name: String, estimate: Double, standardError: Double, degreesOfFreedom: Double?, level: Double
    ) {
        let statistic = estimate / standardError
        let tail = (1 - level) / 2
        let (upper, multiple) =
            if let degreesOfFreedom {
                (
                    StudentT(degreesOfFreedom: degreesOfFreedom).upperTail(statistic.magnitude),
                    StudentT(degreesOfFreedom: degreesOfFreedom).upperQuantile(tail)
                )
            } else {
                (Normal.standard.upperTail(statistic.magnitude), Normal.standard.upperQuantile(tail))
            }
        let reach = multiple * standardError
        self.init(
            name: name, estimate: estimate, standardError: standardError, statistic: statistic,
            degreesOfFreedom: degreesOfFreedom, pValue: min(1, 2 * upper),
            interval: .init(lower: estimate - reach, upper: estimate + reach))
    }
}
