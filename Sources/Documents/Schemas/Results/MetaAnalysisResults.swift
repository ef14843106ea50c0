extension DirectiveSchema {
    /// Where `correlation` is a list, each of these stands one level further down, below the treatment's name.
    static let metaAnalysisResults = metaAnalysisPoint + metaAnalysisPosterior + metaAnalysisSampled + metaAnalysisMore

    private static let metaAnalysisPoint =
        [
            ResultSchema("method", "How the model was fitted."),
            ResultSchema("experiments", "How many experiments there are."),
            ResultSchema("count", "How many effects they have."),
        ] + ResultSchema.estimate("mu", "The mean of true effects; the median of its posterior with bayes and nuts")
        + [
            ResultSchema("mu.p", "The p-value of the test that the mean is 0 (point methods)."),
            ResultSchema("tau.estimate", "The spread of true effects; its posterior's median with bayes and nuts."),
            ResultSchema("tau.interval", "Its interval."),
            ResultSchema("tauSquared.estimate", "The variance of true effects (point methods)."),
            ResultSchema("tauSquared.se", "Its standard error."),
            ResultSchema("tauSquared.interval", "Its interval."),
            ResultSchema("i2", "The share of the effects' variance that is not noise, in per cent."),
            ResultSchema("h2", "The effects' variance over that of the noise."),
            ResultSchema("q.statistic", "Cochran's Q."), ResultSchema("q.df", "Its degrees of freedom."),
            ResultSchema("q.p", "The p-value of the test that all true effects are equal."),
            ResultSchema("prediction.estimate", "The effect of a new experiment."),
            ResultSchema("prediction.interval", "Where it is expected to lie."),
            ResultSchema("logLikelihood", "The log-likelihood, restricted with reml."),
            ResultSchema("effects[N].experiment", "The experiment of an effect."),
            ResultSchema("effects[N].variant", "Its arm."),
            ResultSchema("effects[N].estimate", "The effect as estimated."),
            ResultSchema("effects[N].se", "Its standard error."),
            ResultSchema("effects[N].weight", "Its weight in the mean (point methods)."),
            ResultSchema("effects[N].shrunken.estimate", "The shrunken effect."),
            ResultSchema("effects[N].shrunken.sd", "The standard deviation of the true effect about it."),
            ResultSchema("effects[N].shrunken.interval", "Where the true effect lies."),
        ]

    private static let metaAnalysisPosterior =
        ResultSchema.several(
            "mu",
            [
                ("median", "With bayes and nuts, the posterior's median."), ("mean", "Its mean."),
                ("sd", "Its standard deviation."), ("shortestInterval", "Its shortest interval."),
                ("probabilityAboveZero", "The probability that the mean is above 0."),
                ("probabilityAbove", "The probability that it is above 'threshold'."),
            ])
        + [
            ResultSchema("tau.median", "The posterior median of the spread."), ResultSchema("tau.mean", "Its mean."),
            ResultSchema("tau.sd", "Its standard deviation."),
            ResultSchema("mu.density.x", "With bayes, the curve of the posterior; so of tau and prediction."),
            ResultSchema("mu.density.y", "Its heights."),
            ResultSchema("prediction.median", "The posterior median of a new effect."),
            ResultSchema("prediction.probabilityAbove", "The probability that it is above 'threshold'."),
            ResultSchema("effects[N].shrunken.probabilityAboveZero", "The probability that a true effect is above 0."),
            ResultSchema("prior.mu", "The prior of the mean, in words."),
            ResultSchema("prior.tau", "The prior of the spread, in words."),
            ResultSchema("bayesFactor.tauZero.estimate", "The Bayes factor of no spread, under a proper prior."),
            ResultSchema("bayesFactor.muZero.estimate", "The Bayes factor of a mean of 0."),
        ]

    private static let metaAnalysisSampled = [
        ResultSchema("mu.rhat", "With nuts, the rank-normalised split R̂; so of tau."),
        ResultSchema("mu.essBulk", "The effective number of draws for the bulk."),
        ResultSchema("mu.essTail", "The effective number of draws for the tails."),
        ResultSchema("mu.mcse", "The Monte Carlo error of the mean."),
        ResultSchema("sampler.divergences", "How many draws diverged."),
        ResultSchema("sampler.ebfmi", "The energy's E-BFMI of each chain."),
        ResultSchema("chains.mu", "The draws, chain by chain."),
    ]

    private static let metaAnalysisMore =
        [
            ResultSchema(
                "coefficients.COLUMN.estimate", "With 'moderators', a coefficient; `intrcpt` is the intercept."),
            ResultSchema("coefficients.COLUMN.p", "The p-value of the test that it is 0."),
            ResultSchema("moderators.statistic", "The statistic of the test of all moderators."),
            ResultSchema("moderators.p", "Its p-value."),
            ResultSchema("moderators.r2", "The share of the variance of true effects that moderators explain."),
            ResultSchema(
                "heterogeneity.experiment.tau", "With 'heterogeneity: [experiment, arm]', the spread of experiments."),
            ResultSchema("heterogeneity.arm.tau", "The spread of arms within them."),
        ] + ResultSchema.estimate("robust", "With 'robust: true', the mean")
        + [
            ResultSchema("repeats.mu.sd", "With 'repeats', how far the mean moves with the arm that is drawn."),
            ResultSchema("influence[N].experiment", "With 'influence: true', the experiment that is left out."),
            ResultSchema("influence[N].estimate", "The mean without it."),
            ResultSchema("influence[N].tau", "The spread without it."),
            ResultSchema("influence[N].cook", "Cook's distance."),
            ResultSchema("influence[N].influential", "Whether it counts as influential."),
            ResultSchema(
                "sharedControl.experiments[N].information.inflation",
                "With 'diagnostics: true', how often an ignoring model counts an experiment's information."),
            ResultSchema(
                "sharedControl.experiments[N].outlyingControl",
                "How many standard errors its control lies from what others expect."),
            ResultSchema(
                "sharedControl.verdict.ratio", "The standard error that ignoring would state, over the true one."),
            ResultSchema("sensitivity[N].prior.tau", "With 'sensitivity', a prior that was tried."),
            ResultSchema("sensitivity[N].mu.median", "The posterior median of the mean under it."),
            ResultSchema("sensitivity[N].tau.median", "That of the spread."),
            ResultSchema("decisions[N].variant", "With 'decisions: true', a variant."),
            ResultSchema("decisions[N].probabilityBest", "The probability that it is the best of its experiment."),
            ResultSchema("decisions[N].expectedLoss", "What shipping it loses against the best, on average."),
            ResultSchema("winners.exaggeration", "How many times too large the winners' estimates are."),
            ResultSchema("law.name", "With 'effects-law', the law of true effects."),
            ResultSchema("law.comparison[N].aic", "The AIC of each law that was compared."),
        ]
}
