extension DirectiveSchema {
    static let decisionRuleResults =
        [
            ResultSchema("reward", "The metric on which rules earn."),
            ResultSchema("experiments", "How many experiments there are."),
            ResultSchema("arms", "How many treatments they have."),
            ResultSchema("baseline", "The first rule, against which the others stand."),
            ResultSchema("splits", "Whether folds are of units or drawn from moments."),
        ] + ResultSchema.estimate("rules.RULE.ESTIMATOR.perExperiment", "The mean reward of an experiment")
        + [
            ResultSchema("rules.RULE.ESTIMATOR.cumulative.estimate", "The reward of all experiments."),
            ResultSchema("rules.RULE.ESTIMATOR.shipped", "The share of experiments that ship an arm."),
            ResultSchema("rules.RULE.optimism.perExperiment.estimate", "How much the naive estimate overstates."),
            ResultSchema("rules.RULE.closedForm.expected.perExperiment", "The expected reward under a normal law."),
            ResultSchema("rules.RULE.weights.METRIC", "The weights of the rule's score."),
            ResultSchema(
                "differences.RULE.ESTIMATOR.perExperiment.estimate", "What a rule earns more than the first."),
            ResultSchema("differences.RULE.ESTIMATOR.perExperiment.interval", "Its confidence interval."),
            ResultSchema("law.covariance", "The estimate of the true effects' law behind closed forms."),
            ResultSchema("grid.rows[N].snr", "With 'grid', the signal-to-noise ratio of a point."),
            ResultSchema("grid.rows[N].threshold", "Its threshold."),
            ResultSchema("grid.rows[N].expected", "The expected reward there."),
            ResultSchema("grid.rows[N].ratio", "The estimator's mean over it."),
        ]
}
