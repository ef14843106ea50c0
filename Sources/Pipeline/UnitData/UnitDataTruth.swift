import Estimation
import Values

/// What is true of generated units: the columns' meaning, how they were drawn, and every arm's effects.
struct UnitDataTruth {
    private let population: UnitPopulation
    private let seed: UInt64

    init(_ population: UnitPopulation, seed: UInt64) {
        self.population = population
        self.seed = seed
    }

    static func variant(_ arm: Int, of arms: Int) -> String {
        arm == 0 ? "control" : arms == 1 ? "treatment" : "treatment\(arm)"
    }

    var value: Value {
        [
            "schema": 1,
            "design": [
                "seed": .string("\(seed)"), "units": Value(population.units),
                "experiments": Value(population.experiments),
                "metrics": Value(population.metrics), "arms": Value(population.arms),
                "clusters": Value(population.clusters), "mean": Value(population.mean),
                "effect": Value(population.effect),
            ],
            "columns": .object(columns),
            "truth": [
                "metricStandardDeviation": Value(UnitPopulation.sigma), "varianceExplainedByBefore": 0.49,
                "controlClickRate": Value(UnitPopulation.baseRate), "controlSpend": Value(UnitPopulation.baseSpend),
            ],
            "effects": .list(effects),
        ]
    }

    private var columns: Object {
        var columns: Object = [
            "unit": "names the unit", "experiment": "names the experiment",
            "variant": "the arm: control or treatment, drawn with equal probabilities",
        ]
        if population.clusters > 0 {
            columns["cluster"] =
                "names the cluster, which has one arm in an experiment; 0.2 of the variance of metricN_before is between clusters"
        }
        columns["weight"] = "1, 2 or 3, independent of all others, so weighted effects have the same truth"
        columns["metricN"] = "normal; its effects stand under its name"
        columns["metricN_before"] = "the same metric before the experiment, correlation 0.7 without an effect"
        columns["sessions"] = "1 and more, independent of the arm"
        columns["clicks"] = "of these sessions; effects on clicks over sessions stand under clickRate"
        columns["spend"] = "log-normal with σ = 1.2 before its effect on the mean, which stands under spend"
        columns["spend_before"] = "the same before the experiment"
        return columns
    }

    private var effects: [Value] {
        (0..<population.experiments).flatMap { experiment in
            (1...population.arms).map { arm in
                let truth = population.truth(experiment: experiment, arm: arm)
                var told: Object = [
                    "experiment": .string("t\(experiment + 1)"),
                    "variant": .string(UnitDataTruth.variant(arm, of: population.arms)),
                ]
                for (m, effect) in truth.metrics.enumerated() { told["metric\(m + 1)"] = Value(effect) }
                told["clickRate"] = Value(truth.clickRate)
                told["spend"] = Value(truth.spend)
                return .object(told)
            }
        }
    }
}
