extension DirectiveSchema {
    static let proxyResults = proxyEstimates + proxyChecks + proxyExtras

    private static let proxyEstimates =
        [
            ResultSchema("outcome", "The metric that is predicted."),
            ResultSchema("proxies", "The metrics that predict it."),
            ResultSchema("experiments", "How many experiments the estimates rest on."),
            ResultSchema("arms", "How many treatments they have."),
        ] + ResultSchema.estimate("ESTIMATOR.coefficients.METRIC", "The coefficient of a proxy")
        + [
            ResultSchema(
                "ESTIMATOR.coefficients.METRIC.by.INTERVAL.se", "Its standard error by each of several methods."),
            ResultSchema("ESTIMATOR.coefficients.METRIC.by.INTERVAL.interval", "Its interval by each of them."),
            ResultSchema("ESTIMATOR.intercept.estimate", "The intercept."),
            ResultSchema("ESTIMATOR.intervalBy", "The method of 'se' and 'interval'."),
            ResultSchema("ESTIMATOR.kappa", "The least root of liml and its kin."),
            ResultSchema("ESTIMATOR.k", "The k of the k-class that the estimator comes to."),
            ResultSchema(
                "ESTIMATOR.rSquared.estimate", "The share of the outcome's true effects that proxies explain."),
            ResultSchema(
                "ESTIMATOR.signAgreement.expected",
                "The probability that the index of proxies and the outcome have true effects of one sign."),
            ResultSchema(
                "ESTIMATOR.signAgreement.observed", "The share of arms whose estimated effects have one sign."),
        ]

    private static let proxyChecks =
        ResultSchema.several(
            "strength",
            [
                ("f", "The F statistic of the first stage."), ("concentration", "The concentration parameter."),
                ("df", "Its degrees of freedom."),
                ("conditionalF.METRIC", "The F statistic of one proxy given the others."),
                ("weakest.f", "The F statistic of the weakest combination of proxies."),
                ("weakest.direction.METRIC", "That combination."),
            ])
        + ResultSchema.several(
            "overidentification",
            [
                ("statistic", "The statistic of the test that proxies carry all of the outcome's effect."),
                ("df", "Its degrees of freedom."), ("p", "Its p-value."),
            ])
        + ResultSchema.several(
            "andersonRubin",
            [
                ("kind", "For one proxy, the shape of the Anderson–Rubin set: bounded, two-rays, empty, …"),
                ("level", "Its level."), ("intervals", "Its intervals, null at an open end."),
            ])
        + [
            ResultSchema("contrasts.PAIR.METRIC.estimate", "The difference of two estimators, as 'liml-jive'."),
            ResultSchema("contrasts.PAIR.METRIC.se", "Its standard error by the bootstrap."),
            ResultSchema("contrasts.PAIR.METRIC.interval", "Its interval by the bootstrap."),
            ResultSchema("balance.varianceRatios.METRIC.median", "Noise variances of arms over their pooled one."),
            ResultSchema("balance.sizeRatios.median", "Sizes of arms over their typical one."),
        ]

    private static let proxyExtras =
        [
            ResultSchema(
                "ESTIMATOR.influence.rows[N].experiment", "With 'influence: true', the experiment that is left out."),
            ResultSchema("ESTIMATOR.influence.rows[N].coefficients.METRIC", "The coefficients without it."),
            ResultSchema("ESTIMATOR.influence.rows[N].change.METRIC", "How far they move."),
            ResultSchema("ESTIMATOR.influence.mostInfluential", "The ten experiments that move them furthest."),
            ResultSchema("ESTIMATOR.quality.rows[N].n", "With 'sizes', the number of units in each arm."),
            ResultSchema("ESTIMATOR.quality.rows[N].index", "The quality of the best index of proxies at that size."),
            ResultSchema("ESTIMATOR.quality.rows[N].coefficients", "The quality of the estimated coefficients."),
            ResultSchema("ESTIMATOR.quality.rows[N].outcome", "The quality of the outcome itself."),
            ResultSchema("ESTIMATOR.quality.rows[N].single.METRIC", "The quality of one proxy alone."),
            ResultSchema(
                "ESTIMATOR.predictor.covariance",
                "The covariance of the coefficients' errors, the intercept's last, which predictions need."),
            ResultSchema(
                "ESTIMATOR.predictor.df", "Degrees of freedom of predictions' intervals; nothing for normal ones."),
            ResultSchema(
                "ESTIMATOR.predictor.residualVariance", "The variance of what proxies do not carry, as estimated."),
            ResultSchema("ESTIMATOR.prediction.rows[N].experiment", "With 'predict', a new experiment."),
            ResultSchema("ESTIMATOR.prediction.rows[N].variant", "Its arm."),
        ] + ResultSchema.estimate("ESTIMATOR.prediction.rows[N]", "The predicted effect on the outcome")
}
