import Estimation
import Values

/// A sampled posterior, by the names of an exact one, with what the chains say of themselves.
enum SampledValues {
    static func value(of fit: SampledFit) -> Object {
        [
            "method": "nuts", "metric": .string(fit.metric), "level": Value(fit.level),
            "threshold": Value(fit.threshold), "experiments": Value(fit.experimentCount),
            "count": Value(fit.effectCount), "mu": values(of: fit.mean),
            "tau": values(of: fit.tau, hasProbabilities: false),
            "prediction": values(of: fit.newEffect), "prior": fit.prior.value,
            "sampler": sampler(fit.sampler),
            "chains": ["mu": Value(fit.chains.mean), "logTau": Value(fit.chains.logTau)],
            "ranks": [
                "mu": Value(fit.ranks.mean.map { $0.map { Double($0) } }),
                "logTau": Value(fit.ranks.logTau.map { $0.map { Double($0) } }),
            ],
            "pairs": [
                "mu": Value(fit.pairs.mean), "logTau": Value(fit.pairs.logTau),
                "divergent": .list(fit.pairs.divergent.map { .boolean($0) }),
            ],
            "effects": .list(
                fit.effects.map { effect in
                    [
                        "experiment": .string(effect.experiment), "variant": .string(effect.arm),
                        "estimate": Value(effect.effect), "se": Value(effect.standardError),
                        "shrunken": .object(effect.summary.values()), "rhat": Value(effect.summary.rHat),
                        "essBulk": Value(effect.summary.essBulk),
                    ]
                }),
        ]
    }

    /// `mcse` is of the mean.
    private static func values(of summary: SampledSummary, hasProbabilities: Bool = true) -> Value {
        var values = summary.values(hasProbabilities: hasProbabilities)
        values["rhat"] = Value(summary.rHat)
        values["essBulk"] = Value(summary.essBulk)
        values["essTail"] = Value(summary.essTail)
        values["mcse"] = Value(summary.mcse)
        values["mcseMedian"] = Value(summary.mcseMedian)
        return .object(values)
    }

    private static func sampler(_ report: SamplingReport) -> Value {
        [
            "parameterisation": .string(report.parameterisation.rawValue), "chains": Value(report.chains),
            "warmup": Value(report.warmup), "draws": Value(report.draws),
            "targetAcceptance": Value(report.targetAcceptance), "divergences": Value(report.divergences),
            "maxTreeDepthHits": Value(report.maxTreeDepthHits), "ebfmi": .list(report.ebfmi.map { Value($0) }),
            "stepSize": Value(report.stepSize), "leapfrogs": Value(report.leapfrogs),
        ]
    }
}
