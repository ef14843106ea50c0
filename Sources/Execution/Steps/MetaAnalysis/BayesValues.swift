import Estimation
import Values

/// A posterior, by the names of the results file. `estimate` is the median.
enum BayesValues {
    static func value(of fit: PosteriorFit) -> Object {
        var mean = summary(fit.mean)
        mean["probabilityAboveZero"] = Value(fit.mean.probabilityAboveZero)
        mean["density"] = ["x": Value(fit.meanDensity.x), "y": Value(fit.meanDensity.y)]
        var tau = summary(fit.tau)
        tau["density"] = ["x": Value(fit.tauDensity.x), "y": Value(fit.tauDensity.y)]
        var new = summary(fit.newEffect)
        new["probabilityAboveZero"] = Value(fit.newEffect.probabilityAboveZero)
        return [
            "method": "bayes", "metric": .string(fit.metric), "level": Value(fit.level),
            "experiments": Value(fit.experimentCount), "count": Value(fit.effectCount), "mu": .object(mean),
            "tau": .object(tau), "prediction": .object(new),
            "prior": fit.prior.value,
            "effects": .list(
                fit.effects.map { effect in
                    var shrunken = summary(effect.summary)
                    shrunken["probabilityAboveZero"] = Value(effect.summary.probabilityAboveZero)
                    return [
                        "experiment": .string(effect.experiment), "variant": .string(effect.arm),
                        "estimate": Value(effect.effect), "se": Value(effect.standardError),
                        "shrunken": .object(shrunken),
                    ]
                }),
        ]
    }

    private static func summary(_ summary: PosteriorSummary) -> Object {
        var object: Object = ["estimate": Value(summary.median), "median": Value(summary.median)]
        if let mean = summary.mean { object["mean"] = Value(mean) }
        if let deviation = summary.standardDeviation { object["sd"] = Value(deviation) }
        object["interval"] = summary.interval.value
        object["shortestInterval"] = summary.shortestInterval.value
        return object
    }
}
