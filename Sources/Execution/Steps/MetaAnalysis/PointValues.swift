import Estimation
import Values

/// A fit with τ² estimated, by the names of the results file.
enum PointValues {
    static func value(of fit: MetaAnalysisFit) -> Object {
        let tauEnds = fit.tauSquaredInterval ?? .init(lower: 0, upper: 0)
        return [
            "method": .string(fit.estimator.rawValue), "metric": .string(fit.metric), "level": Value(fit.level),
            "experiments": Value(fit.experimentCount), "count": Value(fit.effectCount),
            "mu": [
                "estimate": Value(fit.mean), "se": Value(fit.meanStandardError), "interval": fit.meanInterval.value,
                "p": Value(fit.meanPValue),
            ],
            "tau": [
                "estimate": Value(fit.tau),
                "interval": Value([tauEnds.lower.squareRoot(), tauEnds.upper.squareRoot()]),
            ],
            "tauSquared": [
                "estimate": Value(fit.tauSquared), "se": Value(fit.tauSquaredStandardError), "interval": tauEnds.value,
            ],
            "i2": Value(fit.iSquared),
            "q": ["statistic": Value(fit.q), "df": Value(fit.qDegreesOfFreedom), "p": Value(fit.qPValue)],
            "prediction": ["estimate": Value(fit.mean), "interval": fit.predictionInterval?.value ?? .null],
            "logLikelihood": Value(fit.logLikelihood),
            "effects": .list(
                fit.effects.map { effect in
                    [
                        "experiment": .string(effect.experiment), "variant": .string(effect.arm),
                        "estimate": Value(effect.effect), "se": Value(effect.standardError),
                        "shrunken": [
                            "estimate": Value(effect.mean), "sd": Value(effect.standardDeviation),
                            "interval": effect.interval.value,
                        ],
                    ]
                }),
        ]
    }
}

extension ConfidenceInterval {
    var value: Value { Value([lower, upper]) }
}
