import Estimation
import Values

/// A fit with τ² estimated, by the names of the results file.
enum PointValues {
    static func value(of fit: MetaAnalysisFit, takesProfileLikelihood: Bool) -> Object {
        var value: Object = [
            "method": .string(fit.options.estimator.rawValue), "metric": .string(fit.metric),
            "level": Value(fit.options.level), "experiments": Value(fit.experimentCount),
            "count": Value(fit.effectCount), "test": .string(fit.options.test.rawValue),
        ]
        if fit.options.moderators.isEmpty {
            value["mu"] = fit.coefficients.first.map { .object(coefficient($0)) }
        } else {
            value["coefficients"] = coefficients(fit.coefficients)
            value["moderators"] = fit.moderatorTest.map(moderators)
        }
        heterogeneity(fit, takesProfileLikelihood, &value)
        value["i2"] = Value(fit.iSquared)
        value["h2"] = Value(fit.hSquared)
        value["q"] = ["statistic": Value(fit.q), "df": Value(fit.qDegreesOfFreedom), "p": Value(fit.qPValue)]
        if let interval = fit.predictionInterval {
            value["prediction"] = ["estimate": Value(fit.mean), "interval": interval.value]
        }
        value["logLikelihood"] = Value(fit.logLikelihood)
        if let robust = fit.robust { value["robust"] = self.robust(robust, fit) }
        if let repeats = fit.repeats { value["repeats"] = self.repeats(repeats) }
        value["effects"] = .list(fit.effects.map(effect))
        if let influence = fit.influence { value["influence"] = .list(influence.map(self.influence)) }
        if let profile = fit.qProfile { value["qProfile"] = self.profile(profile) }
        return value
    }

    // MARK: The mean

    private static func coefficient(_ made: Coefficient) -> Object {
        var value: Object = [
            "estimate": Value(made.estimate), "se": Value(made.standardError), "statistic": Value(made.statistic),
        ]
        if let degrees = made.degreesOfFreedom { value["df"] = Value(degrees) }
        value["p"] = Value(made.pValue)
        value["interval"] = made.interval.value
        return value
    }

    private static func coefficients(_ made: [Coefficient]) -> Value {
        .object(Object(made.map { ($0.name, .object(coefficient($0))) }))
    }

    private static func moderators(_ test: ModeratorTest) -> Value {
        var value: Object = ["statistic": Value(test.statistic), "df": Value(test.degreesOfFreedom)]
        if let degrees = test.denominatorDegreesOfFreedom { value["df2"] = Value(degrees) }
        value["p"] = Value(test.pValue)
        if let share = test.rSquared { value["r2"] = Value(share) }
        return .object(value)
    }

    /// Of the mean alone by its own names, of several coefficients under theirs.
    private static func robust(_ robust: RobustErrors, _ fit: MetaAnalysisFit) -> Value {
        var value: Object = [:]
        if fit.options.moderators.isEmpty, let mean = robust.coefficients.first {
            value = coefficient(mean)
        } else {
            value["coefficients"] = coefficients(robust.coefficients)
        }
        value["clusters"] = Value(robust.clusters)
        return .object(value)
    }

    private static func repeats(_ made: RepeatedDraws) -> Value {
        func spread(_ spread: RepeatedDraws.Spread) -> Value {
            [
                "mean": Value(spread.mean), "sd": Value(spread.standardDeviation), "min": Value(spread.least),
                "max": Value(spread.greatest),
            ]
        }
        return ["count": Value(made.count), "mu": spread(made.mean), "tau": spread(made.tau)]
    }

    // MARK: Heterogeneity

    private static func heterogeneity(
        _ fit: MetaAnalysisFit, _ takesProfileLikelihood: Bool, _ value: inout Object
    ) {
        var tau: Object = ["estimate": Value(fit.tau)]
        var squared: Object = ["estimate": Value(fit.tauSquared)]
        if let error = fit.tauSquaredStandardError { squared["se"] = Value(error) }
        let intervals = [
            ("q-profile", fit.tauSquaredInterval), ("profile-likelihood", fit.profileLikelihoodInterval),
        ]
        let chosen = takesProfileLikelihood ? intervals[1].1 : intervals[0].1
        if let chosen {
            tau["interval"] = chosen.roots
            squared["interval"] = chosen.value
        }
        let made = intervals.compactMap { name, interval in interval.map { (name, $0.value) } }
        if !made.isEmpty { squared["by"] = .object(Object(made)) }
        value["tau"] = .object(tau)
        value["tauSquared"] = .object(squared)
        guard let components = fit.components else { return }
        value["heterogeneity"] = ["experiment": component(components.experiment), "arm": component(components.arm)]
    }

    /// `estimate` and `interval` are of τ, `se` of τ².
    private static func component(_ component: VarianceComponent) -> Value {
        var value: Object = [
            "estimate": Value(component.tau), "tau": Value(component.tau), "tauSquared": Value(component.tauSquared),
        ]
        if let error = component.standardError { value["se"] = Value(error) }
        if let interval = component.interval { value["interval"] = interval.roots }
        return .object(value)
    }

    private static func profile(_ curve: QProfile) -> Value {
        [
            "tauSquared": Value(curve.tauSquared), "q": Value(curve.q), "lower": Value(curve.lower),
            "upper": Value(curve.upper), "df": Value(curve.degreesOfFreedom),
        ]
    }

    // MARK: Effects and experiments

    static func effect(_ effect: ShrunkenEffect) -> Value {
        [
            "experiment": .string(effect.experiment), "variant": .string(effect.arm),
            "estimate": Value(effect.effect), "se": Value(effect.standardError), "weight": Value(effect.weight),
            "shrunken": [
                "estimate": Value(effect.mean), "sd": Value(effect.standardDeviation),
                "interval": effect.interval.value,
            ],
        ]
    }

    private static func influence(_ row: ExperimentInfluence) -> Value {
        [
            "experiment": .string(row.experiment), "estimate": Value(row.estimate), "se": Value(row.standardError),
            "tau": Value(row.tau), "q": Value(row.q), "i2": Value(row.iSquared), "hat": Value(row.hat),
            "cook": Value(row.cook), "dffits": Value(row.dffits), "studentised": Value(row.studentised),
            "contribution": Value(row.contribution), "shift": Value(row.shift),
            "influential": .boolean(row.isInfluential),
        ]
    }
}

extension ConfidenceInterval {
    var value: Value { Value([lower, upper]) }

    /// Of τ from that of τ².
    fileprivate var roots: Value { Value([lower.squareRoot(), upper.squareRoot()]) }
}
