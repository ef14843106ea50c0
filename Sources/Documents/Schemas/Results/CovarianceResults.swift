extension DirectiveSchema {
    static let covarianceResults =
        [
            ResultSchema("metrics", "The metrics, in order."),
            ResultSchema("experiments", "How many experiments the estimates rest on."),
            ResultSchema("arms", "How many treatments they have."),
            ResultSchema("incomplete", "How many experiments are left out because an arm lacks a metric."),
            ResultSchema("ESTIMATOR.matrix", "The covariance matrix of true effects, a list of rows."),
            ResultSchema("ESTIMATOR.correlation", "The correlation matrix; null where a variance is not positive."),
            ResultSchema("ESTIMATOR.intervals", "The interval of each entry of the matrix."),
            ResultSchema("ESTIMATOR.correlationIntervals", "The interval of each correlation."),
            ResultSchema("ESTIMATOR.standardErrors", "The standard error of each entry."),
        ] + ResultSchema.estimate("ESTIMATOR.entries.METRIC.METRIC.covariance", "One entry by the metrics' names")
        + [
            ResultSchema("ESTIMATOR.entries.METRIC.METRIC.correlation.estimate", "The correlation of two metrics."),
            ResultSchema("ESTIMATOR.entries.METRIC.METRIC.correlation.interval", "Its confidence interval."),
            ResultSchema("ESTIMATOR.positiveSemidefinite", "Whether the matrix is a covariance matrix at all."),
            ResultSchema("ESTIMATOR.eigenvalues", "Its eigenvalues."),
            ResultSchema("ESTIMATOR.mean", "The mean of effects, by metric."),
            ResultSchema("ESTIMATOR.noise", "The covariance of the noise that was taken off (not of reml)."),
            ResultSchema("ESTIMATOR.repaired", "The nearest matrix without negative eigenvalues, where it has any."),
            ResultSchema(
                "ESTIMATOR.bootstrap.indefinite", "How often the bootstrap's matrix had a negative eigenvalue."),
            ResultSchema("reml.boundary", "Whether the likelihood is greatest at a singular matrix."),
            ResultSchema("reml.rank", "The rank of the matrix."),
            ResultSchema("reml.logLikelihood", "The restricted log-likelihood."),
        ]
}
