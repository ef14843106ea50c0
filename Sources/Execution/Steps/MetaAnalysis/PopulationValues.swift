import Estimation
import Values

/// A law of true effects other than the normal, fitted by maximum likelihood, by the names of the results file.
enum PopulationValues {
    static func value(of fit: PopulationFit) -> Object {
        [
            "method": "ml", "metric": .string(fit.metric), "level": Value(fit.level),
            "threshold": Value(fit.threshold), "experiments": Value(fit.experimentCount),
            "count": Value(fit.effectCount), "law": .object(law(fit)),
            "effects": .list(fit.effects.map(effect)),
        ]
    }

    /// Infinite degrees of freedom, where the fitted law is the normal one, are null.
    private static func law(_ fit: PopulationFit) -> Object {
        var value: Object
        switch fit.population {
        case .normal(let mean, let deviation):
            value = ["name": "normal", "location": Value(mean), "scale": Value(deviation)]
        case .studentT(let location, let scale, let degrees):
            value = [
                "name": "student-t", "location": Value(location), "scale": Value(scale), "df": Value(degrees),
            ]
        case .spikeNormal(let spike, let components):
            value = [
                "name": "spike-normal", "spike": Value(spike),
                "components": .list(
                    components.map { ["sd": Value($0.standardDeviation), "weight": Value($0.weight)] }),
            ]
        }
        value["logLikelihood"] = Value(fit.logLikelihood)
        value["comparison"] = .list(
            fit.comparison.map { row in
                [
                    "name": .string(row.law.rawValue), "logLikelihood": Value(row.logLikelihood),
                    "parameters": Value(row.parameters), "aic": Value(row.aic),
                ]
            })
        return value
    }

    private static func effect(_ effect: PopulationEffect) -> Value {
        [
            "experiment": .string(effect.experiment), "variant": .string(effect.arm),
            "estimate": Value(effect.effect), "se": Value(effect.standardError),
            "shrunken": [
                "estimate": Value(effect.median), "median": Value(effect.median), "mean": Value(effect.mean),
                "sd": Value(effect.standardDeviation), "interval": effect.interval.value,
                "probabilityAboveZero": Value(effect.probabilityAboveZero),
                "probabilityAbove": Value(effect.probabilityAbove),
                "probabilityZero": Value(effect.probabilityZero), "falseSignRate": Value(effect.falseSignRate),
            ],
        ]
    }
}
