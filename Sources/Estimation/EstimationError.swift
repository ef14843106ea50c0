/// Why an estimate does not exist, with the names of what it failed on.
package enum EstimationError: Error, Equatable, Sendable {
    // Input
    case noMetrics
    case duplicateMetric(String)
    case unknownMetric(String, known: [String])
    case wrongShape(experiment: String, arm: String, expected: Int, found: Int)
    case duplicateExperiment(String)
    case noTreatments(experiment: String)
    case tooFewUnits(experiment: String, arm: String, count: Int)
    case notFinite(experiment: String, arm: String, metric: String)
    case invalidCovariance(experiment: String, arm: String, metric: String)
    case controlsDisagree(experiment: String)
    // Effects
    case controlMeanNearZero(experiment: String, metric: String, mean: Double, standardError: Double)
    case ratioNotPositive(experiment: String, arm: String, metric: String)
    case zeroControlVariance(experiment: String, metric: String)
    case zeroNoise(experiment: String, arm: String)
    case denominatorNearZero(experiment: String, arm: String, metric: String, mean: Double, standardError: Double)
    // Sizes
    case tooFewExperiments(needed: Int, found: Int)
    case tooFewEffects(needed: Int, found: Int)
    case equalEffects
    case needsCounts(estimator: String)
    // Covariances and proxies
    case noProxies
    case needsOneProxy(found: Int)
    case wrongCoefficients(expected: Int, found: Int)
    case proxyIsOutcome(String)
    case singularNoise(metrics: [String])
    case indefiniteNoise(experiment: String)
    case proxiesNotPositiveDefinite(estimator: String, metrics: [String], smallestEigenvalue: Double)
    case noConvergence(method: String)
    // Decisions
    case tooFewFolds(folds: Int, repeats: Int)
    case tooManyFolds(folds: Int, experiment: String, arm: String, count: Int)
    case noiseNotSemidefinite(experiment: String, arm: String)
    case wrongDraws(expected: Int, found: Int)
    // Use of a proxy
    case noEffectLaw(estimator: String)
    case noVarianceOfEffects(estimator: String)
    // Priors
    case invalidPrior(String)
    case improperPosterior(needed: Int, found: Int)
    case invalidLevel(Double)
    case invalidSampling(String)
    // Random effects
    case dependentEffects(estimator: String)
    case needsLikelihood(estimator: String)
    case oneArmEach
    case constantModerator(String)
    case collinearModerator(String)
    case duplicateModerator(String)
    case reservedModerator(String)
    case wrongModerator(String, expected: Int, found: Int)
    case notFiniteModerator(String)
    case noResidualVariance
    case singularCovariance(experiment: String)
    case wholeCovariances
    case tooManyExperiments(limit: Int, found: Int)
    case tooManyArms(experiment: String, limit: Int, found: Int)
    case needsOnePerExperiment
    case invalidRepeats(Int)
    case dependentOnExperiment(String)
    /// Whoever asked does not wait any more (`Cancellation`).
    case cancelled
    // Simulations
    case invalidDesign(SimulationDesign.Part, rule: String)
    case invalidStudy(String)
}
