package import Estimation
import Probability
package import Values

/// What a `meta-analysis` would say of effects that no analysis holds, by the names of the results file and to the last
/// digit.
package struct EffectShrinkage: Sendable {
    package enum Method: Sendable, Equatable {
        case point(HeterogeneityEstimator, isKnappHartung: Bool)
        /// Priors as an analysis writes them; nil for the default of each.
        case bayes(mean: String?, heterogeneity: String?)
        case known(KnownPopulation)
    }

    /// A prior that cannot be read: its key and the rule.
    package struct PriorFault: Error {
        package var key: String
        package var rule: String
    }

    package var method: Method
    package var correlation: EffectCorrelation
    package var level: Double
    package var threshold: Double

    package init(method: Method, correlation: EffectCorrelation, level: Double, threshold: Double) {
        self.method = method
        self.correlation = correlation
        self.level = level
        self.threshold = threshold
    }

    /// Whether the priors are of a form that an analysis may have.
    package func checkPriors() throws(PriorFault) {
        guard case .bayes(let mean, let heterogeneity) = method else { return }
        if let mean, PriorText.mean(mean) == nil { throw PriorFault(key: "mu", rule: PriorReader.meanRule) }
        if let heterogeneity, PriorText.heterogeneity(heterogeneity) == nil {
            throw PriorFault(key: "tau", rule: PriorReader.heterogeneityRule)
        }
    }

    /// The values of the directive, without the curves that only figures need.
    package func values(of data: MetaAnalysisData) throws(EstimationError) -> Object {
        // Nothing is drawn under these treatments of correlation.
        let stream = RandomStream(seed: 1, identifier: "shrinkage")
        switch method {
        case .point(let estimator, let isKnappHartung):
            let options = RandomEffectsOptions(
                estimator, correlation: correlation, test: isKnappHartung ? .knappHartung : .z, level: level)
            return PointValues.value(
                of: try data.randomEffects(options, stream: stream), takesProfileLikelihood: false)
        case .bayes(let mean, let heterogeneity):
            var prior: Prior
            if let mean = mean.flatMap(PriorText.mean), let tau = heterogeneity.flatMap(PriorText.heterogeneity) {
                prior = Prior(mean: mean, heterogeneity: tau)
            } else {
                prior = try data.defaultPrior()
                if let mean = mean.flatMap(PriorText.mean) { prior.mean = mean }
                if let tau = heterogeneity.flatMap(PriorText.heterogeneity) { prior.heterogeneity = tau }
            }
            let fit = try data.posterior(
                prior: prior, correlation: correlation, stream: stream, level: level, threshold: threshold)
            return BayesValues.value(of: fit, hasCurves: false)
        case .known(let population):
            let fit = try data.shrunken(under: population, correlation: correlation, stream: stream, level: level)
            return [
                "method": "known", "metric": .string(data.metric), "level": Value(level),
                "experiments": Value(data.experimentCount), "count": Value(data.count),
                "mu": ["estimate": Value(fit.mean), "se": Value(fit.meanStandardError)],
                "tau": ["estimate": Value(population.tau)], "effects": .list(fit.effects.map(PointValues.effect)),
            ]
        }
    }
}
