import Estimation
import LinearAlgebra
import Values

/// What a `decision-rule` found, by the names of the results file.
struct DecisionValues {
    let request: DecisionRequest
    /// Whether folds are of units, and not drawn from moments.
    let isUnitLevel: Bool

    init(_ request: DecisionRequest, isUnitLevel: Bool) {
        self.request = request
        self.isUnitLevel = isUnitLevel
    }

    func value(
        _ made: DecisionRuleStep.Evaluation, _ name: String, _ findings: inout DecisionFindings
    ) throws(EstimationError) -> Value {
        let effects = made.selection.effects
        var value: Object = [
            "reward": .string(request.reward), "experiments": Value(effects.experimentCount),
            "arms": Value(effects.count), "level": Value(request.level), "baseline": .string(request.rules[0].name),
            "incomplete": Value(made.selection.incomplete),
        ]
        if request.hasCrossValidation {
            value["folds"] = Value(request.folds)
            value["repeats"] = Value(request.repeats)
            value["splits"] = .string(isUnitLevel ? "units" : "moments")
        }
        if let law = made.law, let estimator = request.law {
            value["law"] = [
                "covariance": .string(estimator), "metrics": Value(request.metrics), "mean": Value(law.mean),
                "matrix": Value((0..<law.covariance.rows).map { law.covariance.row($0) }),
            ]
        }
        var rules: Object = [:]
        var differences: Object = [:]
        for (index, rule) in request.rules.enumerated() {
            rules[rule.name] = .object(try entry(of: index, made, name, &findings))
            if index > 0 {
                var difference: Object = ["baseline": .string(request.rules[0].name)]
                for (estimator, rewards) in estimates(made) {
                    difference[estimator] = try self.rewards(rewards[index].less(rewards[0]), shipped: false)
                }
                differences[rule.name] = .object(difference)
            }
        }
        value["rules"] = .object(rules)
        if !differences.isEmpty { value["differences"] = .object(differences) }
        if let grid = request.grid, !made.grid.isEmpty {
            value["grid"] = [
                "rule": .string(request.rules[grid.rule].name), "snr": Value(made.signalToNoise),
                "rows": .list(made.grid.flatMap(rows)),
            ]
        }
        return .object(value)
    }

    private func estimates(_ made: DecisionRuleStep.Evaluation) -> [(name: String, rewards: [DecisionRewards])] {
        [("naive", made.naive), ("cross-validation", made.crossValidation)].filter { !$0.1.isEmpty }
    }

    private func entry(
        of index: Int, _ made: DecisionRuleStep.Evaluation, _ name: String, _ findings: inout DecisionFindings
    ) throws(EstimationError) -> Object {
        let rule = request.rules[index]
        var weights: Object = [:]
        for (metric, weight) in zip(request.metrics, rule.weights) where weight != 0 { weights[metric] = Value(weight) }
        var entry: Object = [:]
        if !rule.isNever {
            entry["weights"] = .object(weights)
            if let threshold = rule.threshold { entry["threshold"] = Value(threshold) }
            if let minimum = rule.minimum { entry["minimum"] = Value(minimum) }
        }
        for (estimator, rewards) in estimates(made) {
            entry[estimator] = try self.rewards(rewards[index], shipped: true)
        }
        if request.hasNaive, request.hasCrossValidation {
            let curse = made.naive[index].less(made.crossValidation[index])
            entry["optimism"] = try rewards(curse, shipped: false)
            findings.note(try curse.perExperiment(level: request.level), of: rule.name, under: name)
        }
        if index < made.closedForms.count {
            let form = made.closedForms[index]
            let count = Double(made.selection.effects.experimentCount)
            func both(_ mean: Double) -> Value { ["perExperiment": Value(mean), "cumulative": Value(mean * count)] }
            entry["closedForm"] = [
                "expected": both(form.expected), "naive": both(form.naive),
                "cross-validation": both(form.crossValidation), "shipped": Value(form.shipped),
            ]
        }
        return entry
    }

    private func rewards(_ rewards: DecisionRewards, shipped: Bool) throws(EstimationError) -> Value {
        let mean = try rewards.perExperiment(level: request.level)
        func summary(_ estimate: MeanEstimate) -> Value {
            [
                "estimate": Value(estimate.estimate), "se": Value(estimate.standardError),
                "interval": estimate.interval.value,
            ]
        }
        var object: Object = [
            "perExperiment": summary(mean), "cumulative": summary(mean.times(Double(rewards.rewards.count))),
        ]
        if shipped { object["shipped"] = Value(rewards.shippedShare) }
        return .object(object)
    }

    /// A point of the grid, a row for each estimator. A ratio to the expected reward is null where there is nothing
    /// positive to divide by.
    private func rows(_ point: DecisionGridPoint) -> [Value] {
        let form = point.closedForm
        let means = [("naive", form.naive), ("cross-validation", form.crossValidation)]
        return means.map { estimator, mean in
            [
                "estimator": .string(estimator), "snr": Value(point.signalToNoise), "threshold": Value(point.threshold),
                "shipped": Value(form.shipped), "expected": Value(form.expected), "mean": Value(mean),
                "bias": Value(mean - form.expected), "ratio": Value(form.expected > 0 ? mean / form.expected : nil),
            ]
        }
    }
}
