import Estimation
import Values

/// Which variants are best and what shipping them loses, by the names of the results file.
enum VariantDecisionValues {
    static func values(of made: ShippingDecisions) -> Object {
        [
            "decisions": .list(
                made.experiments.flatMap { experiment in
                    experiment.variants.map { row(of: $0, in: experiment.experiment) }
                }),
            "controls": .list(
                made.experiments.map { experiment in
                    [
                        "experiment": .string(experiment.experiment),
                        "probabilityBest": Value(experiment.controlProbabilityBest),
                        "expectedLoss": Value(experiment.controlLoss),
                    ]
                }),
            "winners": winners(made.winners), "bestVariants": winners(made.bestVariants),
        ]
    }

    private static func row(of variant: VariantDecision, in experiment: String) -> Value {
        [
            "experiment": .string(experiment), "variant": .string(variant.variant), "estimate": Value(variant.effect),
            "se": Value(variant.standardError), "shrunken": Value(variant.shrunken),
            "probabilityBest": Value(variant.probabilityBest),
            "probabilityBestAmongAll": Value(variant.probabilityBestAmongAll),
            "expectedLoss": Value(variant.expectedLoss), "isBest": .boolean(variant.isBest),
        ]
    }

    private static func winners(_ made: WinnersExaggeration) -> Value {
        var value: Object = ["count": Value(made.count)]
        if let mean = made.rawMean { value["rawMean"] = Value(mean) }
        if let mean = made.shrunkenMean { value["shrunkenMean"] = Value(mean) }
        if let ratio = made.exaggeration { value["exaggeration"] = Value(ratio) }
        value["expectedTrueSum"] = Value(made.expectedTrueSum)
        return .object(value)
    }
}
