internal import LinearAlgebra
internal import Probability

/// A fitted model in the units of the data, with what its options ask for.
struct FitSummary: Sendable {
    let data: MetaAnalysisData
    let fit: FittedModel
    let design: Design

    private var options: RandomEffectsOptions { fit.options }
    private var unit: Double { fit.model.unit }

    /// - Throws: `noConvergence`, and what parts throw.
    func fit(repeats: RepeatedDraws?) throws(EstimationError) -> MetaAnalysisFit {
        let coefficients = coefficients
        let inconsistency = try Inconsistency(fit)
        let errors = try errors()
        let hasIntervals = options.parts.contains(.intervals)
        let profile = try options.parts.contains(.profile) && isOneLevel ? qProfile() : nil
        let made = MetaAnalysisFit(
            options: options, metric: data.metric, experimentCount: data.experimentCount,
            effectCount: fit.model.count, coefficients: coefficients,
            residualDegreesOfFreedom: fit.point.degreesOfFreedom, moderatorTest: try moderatorTest(),
            tauSquared: squared(fit.components.total), tauSquaredStandardError: errors.total.map(squared),
            tauSquaredInterval: try hasIntervals && isOneLevel ? qInterval() : nil,
            profileLikelihoodInterval: try hasIntervals && isOneLevel ? likelihoodInterval() : nil,
            components: try isOneLevel ? nil : components(errors, hasIntervals), qProfile: profile,
            q: inconsistency.q, qPValue: inconsistency.pValue, iSquared: inconsistency.iSquared,
            hSquared: inconsistency.hSquared,
            predictionInterval: options.moderators.isEmpty && options.estimator != .fixed
                ? prediction(coefficients[0]) : nil,
            logLikelihood: logLikelihood,
            effects: options.parts.contains(.effects) ? Shrinkage(data: data, fit: fit).effects : [],
            robust: try options.parts.contains(.robust) ? robust() : nil,
            influence: try options.parts.contains(.influence)
                ? LeaveOneOut(data: data, fit: fit, design: design).influences() : nil,
            repeats: repeats)
        guard made.isFinite else { throw .noConvergence(method: options.estimator.rawValue) }
        return made
    }

    private var isOneLevel: Bool { options.levels == .effects }
    private func squared(_ value: Double) -> Double { value * unit * unit }
    private func squared(_ ends: (lower: Double, upper: Double)) -> ConfidenceInterval {
        .init(lower: squared(ends.lower), upper: squared(ends.upper))
    }

    // MARK: Coefficients

    private var coefficients: [Coefficient] {
        let (beta, errors) = design.original(fit.coefficients, fit.covariance)
        return ([Design.intercept] + design.names).enumerated().map { a, name in
            Coefficient(
                name, estimate: beta[a] * unit, standardError: errors[a] * unit,
                degreesOfFreedom: fit.degreesOfFreedom, level: options.level)
        }
    }

    private func prediction(_ mean: Coefficient) -> ConfidenceInterval {
        let error = mean.standardError / unit
        let reach = fit.multiple * (error * error + fit.components.total).squareRoot() * unit
        return .init(lower: mean.estimate - reach, upper: mean.estimate + reach)
    }

    private func moderatorTest() throws(EstimationError) -> ModeratorTest? {
        let count = design.names.count
        guard count > 0 else { return nil }
        let chosen = Array(1...count)
        let part = fit.covariance.submatrix(rows: chosen, columns: chosen)
        let wald = part.quadraticSolve(chosen.map { fit.coefficients[$0] })
        let degrees = Double(count)
        guard let denominator = fit.degreesOfFreedom else {
            return ModeratorTest(
                statistic: wald, degreesOfFreedom: degrees, denominatorDegreesOfFreedom: nil,
                pValue: ChiSquared(degreesOfFreedom: degrees).upperTail(wald), rSquared: try rSquared())
        }
        return ModeratorTest(
            statistic: wald / degrees, degreesOfFreedom: degrees, denominatorDegreesOfFreedom: denominator,
            pValue: FisherF(degrees, denominator).upperTail(wald / degrees), rSquared: try rSquared())
    }

    private func rSquared() throws(EstimationError) -> Double? {
        let plain = try Design([], count: data.count, indices: fit.model.indices)
        let model = try EffectModel(data, options.correlation, indices: fit.model.indices, design: plain)
        guard options.estimator == .fixed else {
            var options = options
            options.test = .z
            let total = try FittedModel(model, options).components.total
            return total > 0 ? max(0, (total - fit.components.total) / total) : nil
        }
        let whole = try LikelihoodPoint(model, Components(arm: 0))
        guard whole.residual > 0 else { return nil }
        let share = fit.point.residual / fit.point.degreesOfFreedom / (whole.residual / whole.degreesOfFreedom)
        return max(0, 1 - share)
    }

    private func robust() throws(EstimationError) -> RobustErrors {
        let contrasts = design.contrasts
        let (covariance, degrees) = try ClusterRobust(fit: fit).estimate(contrasts: contrasts)
        let (beta, errors) = design.original(fit.coefficients, covariance)
        return RobustErrors(
            coefficients: ([Design.intercept] + design.names).enumerated().map { a, name in
                Coefficient(
                    name, estimate: beta[a] * unit, standardError: errors[a] * unit,
                    degreesOfFreedom: degrees[a], level: options.level)
            }, clusters: fit.model.blockCount)
    }

    // MARK: Likelihood

    private var logLikelihood: Double {
        let isRestricted = options.estimator == .reml
        let count = Double(fit.model.count) - (isRestricted ? Double(fit.model.columnCount) : 0)
        let constant = count * (Elementary.logTwoPi / 2 + Elementary.log(unit))
        return fit.point.logLikelihood(restricted: isRestricted) - constant
            + (isRestricted ? design.logDeterminant(count: fit.model.count) / 2 : 0)
    }

    // MARK: Heterogeneity

    private var search: HeterogeneitySearch { HeterogeneitySearch(model: fit.model, estimator: options.estimator) }
    private var levelSearch: ComponentSearch {
        ComponentSearch(model: fit.model, isRestricted: options.estimator == .reml)
    }

    /// Of σ̂² of arms and experiments, and of their sum, in the model's unit.
    private func errors() throws(EstimationError) -> (arm: Double?, experiment: Double?, total: Double?) {
        guard isOneLevel else {
            let errors = try levelSearch.standardErrors(fit.components)
            return (errors?.arm, errors?.experiment, errors?.total)
        }
        let error = try search.standardError(fit.components.arm)
        return (error, nil, error)
    }

    private var tail: Double { (1 - options.level) / 2 }
    /// How far the log-likelihood falls to the ends of an interval.
    private var drop: Double { ChiSquared(degreesOfFreedom: 1).quantile(options.level) / 2 }
    private var chi: ChiSquared { ChiSquared(degreesOfFreedom: fit.point.degreesOfFreedom) }

    private func qInterval() throws(EstimationError) -> ConfidenceInterval? {
        guard options.estimator != .fixed else { return nil }
        return squared(
            (
                try search.tauSquared(whereQIs: chi.upperQuantile(tail)),
                try search.tauSquared(whereQIs: chi.quantile(tail))
            ))
    }

    private func likelihoodInterval() throws(EstimationError) -> ConfidenceInterval? {
        guard options.estimator.isLikelihood else { return nil }
        return squared(try search.profile(fit.components.arm, drop: drop))
    }

    private func components(
        _ errors: (arm: Double?, experiment: Double?, total: Double?), _ hasIntervals: Bool
    ) throws(EstimationError) -> VarianceComponents {
        func component(_ value: Double, _ error: Double?, _ number: Int) throws(EstimationError) -> VarianceComponent {
            let ends = try hasIntervals ? levelSearch.profile(fit.components, component: number, drop: drop) : nil
            return VarianceComponent(
                tauSquared: squared(value), standardError: error.map(squared), interval: ends.map(squared))
        }
        return VarianceComponents(
            experiment: try component(fit.components.experiment, errors.experiment, 1),
            arm: try component(fit.components.arm, errors.arm, 0))
    }

    /// 100 points, dense near 0, to a quarter beyond the interval's upper end.
    private func qProfile() throws(EstimationError) -> QProfile {
        let (lower, upper) = (chi.quantile(tail), chi.upperQuantile(tail))
        let end = try search.tauSquared(whereQIs: lower)
        let top = max(1.25 * end, 2 * fit.components.arm)
        let reach = top > 0 ? top : VarianceGrid.noise(fit.model)
        let steps = 99
        var (points, values) = ([Double](), [Double]())
        for step in 0...steps {
            let share = Double(step) / Double(steps)
            points.append(squared(reach * share * share))
            values.append(try search.point(reach * share * share).residual)
        }
        return QProfile(
            tauSquared: points, q: values, lower: lower, upper: upper, degreesOfFreedom: chi.degreesOfFreedom)
    }
}
