import Estimation
import Values

/// An exact posterior, by the names of the results file. `estimate` is the median.
enum BayesValues {
    static func value(of fit: PosteriorFit, hasCurves: Bool = true) -> Object {
        var mean = fit.mean.values()
        var tau = fit.tau.values(hasProbabilities: false)
        var new = fit.newEffect.values()
        if hasCurves {
            mean["density"] = density(fit.meanDensity)
            tau["density"] = density(fit.tauDensity)
            new["density"] = density(fit.newEffectDensity)
        }
        var value: Object = [
            "method": "bayes", "metric": .string(fit.metric), "level": Value(fit.level),
            "threshold": Value(fit.threshold), "experiments": Value(fit.experimentCount),
            "count": Value(fit.effectCount), "mu": .object(mean), "tau": .object(tau), "prediction": .object(new),
            "prior": fit.prior.value,
        ]
        let factors = [("tauZero", fit.tauZero), ("muZero", fit.meanZero)].compactMap { name, factor in
            factor.map { (name, self.factor($0)) }
        }
        if !factors.isEmpty { value["bayesFactor"] = .object(Object(factors)) }
        value["effects"] = .list(
            fit.effects.map { effect in
                [
                    "experiment": .string(effect.experiment), "variant": .string(effect.arm),
                    "estimate": Value(effect.effect), "se": Value(effect.standardError),
                    "shrunken": .object(effect.summary.values()),
                ]
            })
        return value
    }

    /// Results under other priors, a row each.
    static func sensitivity(_ rows: [PriorSensitivity]) -> Value {
        .list(
            rows.map { row in
                var value: Object = [
                    "prior": row.prior.value, "mu": .object(row.mean.values(hasProbabilities: false)),
                    "tau": .object(row.tau.values(hasProbabilities: false)),
                ]
                if let factor = row.tauZero { value["tauZero"] = self.factor(factor) }
                return .object(value)
            })
    }

    private static func density(_ curve: DensityCurve) -> Value {
        var object: Object = ["x": Value(curve.x), "y": Value(curve.y)]
        if let prior = curve.prior { object["prior"] = Value(prior) }
        return .object(object)
    }

    /// The estimate is null where it leaves the range of numbers; the logarithm tells it then.
    private static func factor(_ factor: BayesFactor) -> Value {
        [
            "estimate": factor.estimate > 0 ? Value(factor.estimate) : .null, "log": Value(factor.log),
            "favours": .string(factor.favours.rawValue),
        ]
    }
}
