internal import Parallelism

/// Rules that map experiments to decisions, and what they earn on one metric.
///
/// The estimand of a rule d is E[τ_Y,d(data)], the true effect on the reward metric Y of what the rule ships, 0 where it
/// ships nothing, over experiments like these; times their number it is the rule's cumulative return.
/// Source: Chou, Gray, Kallus, Bibaut and Ejdemyr, KDD 2025, arXiv 2502.08763.
package struct DecisionModel: Sendable {
    package let effects: TreatmentEffects
    package let rules: [DecisionRule]
    package let reward: String
    let rewardIndex: Int

    /// - Throws: `unknownMetric`; `wrongShape` where a rule's weights are not one for every metric;
    ///   `tooFewExperiments` below two.
    package init(
        _ effects: TreatmentEffects, reward: String, rules: [DecisionRule]
    ) throws(EstimationError) {
        rewardIndex = try effects.index(of: reward)
        for rule in rules where rule.weights.count != effects.order {
            throw .wrongShape(
                experiment: "any", arm: "rule \(rule.name)", expected: effects.order, found: rule.weights.count)
        }
        guard effects.experimentCount >= 2 else {
            throw .tooFewExperiments(needed: 2, found: effects.experimentCount)
        }
        self.effects = effects
        self.rules = rules
        self.reward = reward
    }

    /// The plug-in: the observed effect of what the rule ships, τ̂_Y,d(τ̂).
    ///
    /// The noise that makes an arm look worth shipping is in its observed effect too, so the mean is too high by
    /// E[(τ̂_Y,d − τ_Y,d)], the winner's curse, however many experiments there are.
    package func naive() -> [DecisionRewards] {
        rules.map { rewards(of: $0, deciding: effects, scoring: effects) }
    }

    /// Decisions on all folds of units but one, scored on that one: K⁻¹Σ_f τ̂⁽ᶠ⁾_Y,d(τ̂⁽⁻ᶠ⁾), averaged over repeated splits.
    ///
    /// Folds have independent noise, so the mean is unbiased for the rule's reward when it decides on (K − 1)/K of the
    /// units. Splits are the same for all rules.
    /// - Throws: what the folds throw.
    package func crossValidation(_ folds: some FoldSource) throws(EstimationError) -> [DecisionRewards] {
        let parts = concurrentMap(folds.repeats) { number -> Result<[DecisionRewards], EstimationError> in
            Result { () throws(EstimationError) in
                var sums = emptyRewards
                for split in try folds.splits(number) {
                    for (index, rule) in rules.enumerated() {
                        sums[index].add(rewards(of: rule, deciding: split.deciding, scoring: split.scoring))
                    }
                }
                return sums
            }
        }
        var sums = emptyRewards
        for part in parts {
            for (index, rewards) in try part.get().enumerated() { sums[index].add(rewards) }
        }
        for index in sums.indices { sums[index].divide(by: Double(folds.repeats * folds.folds)) }
        return sums
    }

    private var emptyRewards: [DecisionRewards] {
        rules.map { DecisionRewards(rule: $0.name, experiments: effects.experimentCount) }
    }

    private func rewards(
        of rule: DecisionRule, deciding: TreatmentEffects, scoring: TreatmentEffects
    ) -> DecisionRewards {
        var result = DecisionRewards(rule: rule.name, experiments: effects.experimentCount)
        for k in 0..<effects.experimentCount {
            guard let chosen = rule.choice(of: k, in: deciding) else { continue }
            result.rewards[k] = scoring.value(chosen, rewardIndex)
            result.shipped[k] = 1
        }
        return result
    }
}
