extension EstimationError {
    /// One sentence that states the rule, without a full stop.
    package var message: String {
        switch self {
        case .cancelled: "The work was given up before it was done"
        case .noMetrics: "Arm moments need at least one metric"
        case .duplicateMetric: "A metric's name stands once"
        case .unknownMetric: "A metric is one of those in the moments"
        case .wrongShape: "An arm's mean and covariance have one row for every metric"
        case .duplicateExperiment: "An experiment is appended once, with all its arms"
        case .noTreatments: "An experiment needs a control and at least one treatment"
        case .tooFewUnits: "An arm needs at least two units"
        case .notFinite: "Means, variances and effects are finite numbers"
        case .invalidCovariance: "A covariance matrix is symmetric, and no variance is negative"
        case .controlsDisagree: "An experiment has one control, the same in all its rows"
        case .controlMeanNearZero: "A relative effect needs a control mean that is clearly not zero"
        case .denominatorNearZero:
            "A ratio needs a denominator whose mean is clearly not zero: more than 3 standard errors from it, in every arm"
        case .ratioNotPositive: "A log ratio needs two means of one sign"
        case .zeroControlVariance: "A standardised effect needs a control whose units vary"
        case .zeroNoise: "An effect needs a sampling variance above zero"
        case .tooFewExperiments(let needed, _): "This estimate needs at least \(needed) experiments"
        case .tooFewEffects(let needed, _): "This estimate needs at least \(needed) effects"
        case .equalEffects: "The default prior takes its scale from the effects, which are all equal here"
        case .needsCounts(let estimator):
            "\(estimator) weighs or pools arms by their units, so it needs the arms' counts"
        case .noProxies: "A proxy analysis needs at least one proxy"
        case .needsOneProxy: "The Anderson–Rubin set is of the coefficient of one proxy"
        case .wrongCoefficients: "A test of coefficients needs one finite number for every proxy"
        case .proxyIsOutcome: "The outcome is not one of its own proxies"
        case .singularNoise: "No metric may be a linear combination of the others across units"
        case .indefiniteNoise: "A sampling covariance is negative in no direction"
        case .proxiesNotPositiveDefinite:
            "A coefficient needs true effects on the proxies whose estimated covariance is positive definite"
        case .noConvergence(let method): "\(method) has not converged on these effects"
        case .tooFewFolds: "Cross-validation has at least two folds and one repeat"
        case .tooManyFolds: "Every arm has at least two units in every fold"
        case .noiseNotSemidefinite: "Folds are drawn from noise whose covariance is positive semi-definite"
        case .wrongDraws: "Every draw has one finite number for every effect, and there is at least one draw"
        case .noEffectLaw(let estimator):
            "\(estimator) makes coefficients without a covariance of true effects, which this is read from"
        case .noVarianceOfEffects: "The outcome's true effects need an estimated variance above zero"
        case .invalidPrior(let rule), .invalidDesign(_, let rule), .invalidStudy(let rule), .invalidSampling(let rule):
            rule
        case .improperPosterior(let needed, _): "This prior needs at least \(needed) effects for a proper posterior"
        case .invalidLevel: "An interval's level lies strictly between 0 and 1"
        case .dependentEffects(let estimator):
            "\(estimator) is defined for effects with independent noise, and effects of one experiment here are correlated"
        case .needsLikelihood: "Two levels of heterogeneity are estimated by reml or ml"
        case .oneArmEach: "Two levels of heterogeneity need an experiment with several arms, and several experiments"
        case .constantModerator: "A moderator varies between effects"
        case .collinearModerator: "No moderator is a linear combination of the others"
        case .duplicateModerator: "A moderator stands once"
        case .reservedModerator: "A moderator has a name other than the intercept's"
        case .wrongModerator: "A moderator has one value for every effect"
        case .notFiniteModerator: "A moderator's values are finite numbers"
        case .noResidualVariance:
            "Knapp and Hartung's error is estimated from how effects vary, and these lie on their mean exactly"
        case .singularCovariance:
            "A sampling covariance is positive definite: no effect is a combination of its experiment's others"
        case .wholeCovariances:
            "This method takes noise in two parts, the arms' own and the shared control's, not a whole covariance"
        case .tooManyExperiments(let limit, _): "Influence refits without each of at most \(limit) experiments"
        case .tooManyArms(_, let limit, _): "Robust errors take at most \(limit) arms in an experiment"
        case .needsOnePerExperiment: "Draws are repeated where one variant is drawn from each experiment"
        case .invalidRepeats: "The number of repeated draws is at least 2"
        case .dependentOnExperiment:
            "Influence needs coefficients that the other experiments determine when any one is left out"
        }
    }

    /// Where and by how much the rule was broken, for a note beside the message; nil where there is nothing to add.
    package var detail: String? {
        switch self {
        case .duplicateMetric(let metric), .proxyIsOutcome(let metric): "metric \(metric)"
        case .unknownMetric(let metric, let known): "\(metric) is not among \(known.joined(separator: ", "))"
        case .wrongShape(let experiment, let arm, let expected, let found):
            "experiment \(experiment), arm \(arm): \(found) instead of \(expected)"
        case .duplicateExperiment(let experiment), .noTreatments(let experiment), .controlsDisagree(let experiment),
            .indefiniteNoise(let experiment):
            "experiment \(experiment)"
        case .tooFewUnits(let experiment, let arm, let count): "experiment \(experiment), arm \(arm): \(count)"
        case .notFinite(let experiment, let arm, let metric), .invalidCovariance(let experiment, let arm, let metric),
            .ratioNotPositive(let experiment, let arm, let metric):
            "experiment \(experiment), arm \(arm), metric \(metric)"
        case .controlMeanNearZero(let experiment, let metric, let mean, let error):
            "experiment \(experiment), metric \(metric): mean \(mean), standard error \(error)"
        case .denominatorNearZero(let experiment, let arm, let metric, let mean, let error):
            "experiment \(experiment), arm \(arm), metric \(metric): mean of the denominator \(mean), standard error \(error)"
        case .zeroControlVariance(let experiment, let metric): "experiment \(experiment), metric \(metric)"
        case .tooFewFolds(let folds, let repeats): "\(folds) folds, \(repeats) repeats"
        case .tooManyFolds(let folds, let experiment, let arm, let count):
            "experiment \(experiment), arm \(arm): \(count) units for \(folds) folds"
        case .noiseNotSemidefinite(let experiment, let arm): "experiment \(experiment), arm \(arm)"
        case .zeroNoise(let experiment, let arm): "experiment \(experiment), arm \(arm)"
        case .tooFewExperiments(_, let found), .tooFewEffects(_, let found), .improperPosterior(_, let found):
            "\(found) found"
        case .singularNoise(let metrics): "metrics \(metrics.joined(separator: ", "))"
        case .proxiesNotPositiveDefinite(let estimator, let metrics, let eigenvalue):
            "\(estimator) of \(metrics.joined(separator: ", ")): smallest eigenvalue \(eigenvalue)"
        case .invalidLevel(let level): "\(level)"
        case .noVarianceOfEffects(let estimator): "by \(estimator)"
        case .needsOneProxy(let found): "\(found) proxies"
        case .wrongCoefficients(let expected, let found), .wrongDraws(let expected, let found):
            "\(found) instead of \(expected)"
        case .dependentEffects, .noResidualVariance, .wholeCovariances, .oneArmEach, .needsOnePerExperiment: nil
        case .needsLikelihood(let estimator): "not by \(estimator)"
        case .constantModerator(let name), .collinearModerator(let name), .duplicateModerator(let name),
            .reservedModerator(let name), .notFiniteModerator(let name):
            "moderator \(name)"
        case .wrongModerator(let name, let expected, let found):
            "moderator \(name): \(found) values instead of \(expected)"
        case .singularCovariance(let experiment), .dependentOnExperiment(let experiment): "experiment \(experiment)"
        case .tooManyExperiments(_, let found): "\(found) experiments"
        case .tooManyArms(let experiment, _, let found): "experiment \(experiment): \(found) arms"
        case .invalidRepeats(let count): "\(count)"
        case .invalidDesign, .invalidStudy: nil
        case .cancelled, .noMetrics, .equalEffects, .needsCounts, .noProxies, .noConvergence, .noEffectLaw,
            .invalidPrior,
            .invalidSampling:
            nil
        }
    }
}
