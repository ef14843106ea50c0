extension DirectiveSchema {
    /// Keys of the grid stand in each row too: `n`, `directEffects`, `controlVariance`, …
    static let simulationResults = [
        ResultSchema("draws", "How many data sets each cell has."),
        ResultSchema("design.metrics", "The metrics of a design of proxies."),
        ResultSchema("design.coefficients.METRIC", "Its true coefficients."),
        ResultSchema("grid.KEY", "The values of a key that is varied."),
        ResultSchema("rows[N].estimator", "The estimator of a row; a row has the keys of its cell besides."),
        ResultSchema("rows[N].parameter", "What is estimated: a proxy's coefficient, or mu, tau or effect."),
        ResultSchema("rows[N].truth", "Its true value."),
        ResultSchema("rows[N].bias", "The mean error."),
        ResultSchema("rows[N].mcse", "The Monte Carlo error of the bias."),
        ResultSchema("rows[N].sd", "The standard deviation of estimates."),
        ResultSchema("rows[N].rmse", "The root mean squared error."),
        ResultSchema("rows[N].median", "The median of estimates."),
        ResultSchema("rows[N].failures", "In how many data sets there was no estimate."),
        ResultSchema("rows[N].coverage.INTERVAL", "The share of data sets whose interval holds the truth."),
        ResultSchema("laws[N].effects.matrix", "The covariance of true effects behind a cell of proxies."),
        ResultSchema("laws[N].noise.matrix", "The covariance of the noise of one arm against its control."),
        ResultSchema("calibration.rows[N].counts", "Where mu and tau are drawn, the ranks of truths among draws."),
        ResultSchema("calibration.rows[N].p", "The p-value of the test that ranks are uniform."),
    ]
}
