internal import LinearAlgebra
internal import Parallelism
package import Probability

extension MetaAnalysisData {
    /// The random-effects model δ ~ Normal(Xβ, Σ + τ²I [+ σ²⊕11ᵀ]), Σ the noise under the given correlation.
    ///
    /// Assumed: normal noise of known variance; with one level, true effects of one experiment's arms independent given
    /// Xβ. Linear in effects but for robust errors (cubic in an experiment's arms) and influence (a refit for each
    /// experiment). Sources: Viechtbauer, Journal of Educational and Behavioral Statistics 30(3), 2005; Viechtbauer,
    /// Statistics in Medicine 26(1), 2007 (Q-profile); Hardy and Thompson, Statistics in Medicine 15(6), 1996 (profile
    /// likelihood); Knapp and Hartung, Statistics in Medicine 22(17), 2003; Konstantopoulos, Research Synthesis Methods
    /// 2(1), 2011 (three levels); D. Pananos, "Musings About The Normal Normal Model", 2026.
    /// - Parameter stream: Draws variants for one per experiment.
    /// - Throws: `tooFewEffects` unless there are more than coefficients, `zeroNoise`, `singularCovariance`,
    ///   `indefiniteNoise`, `invalidLevel`, `noConvergence`, `dependentEffects`, `needsLikelihood`, `oneArmEach`,
    ///   `noResidualVariance`, the moderators' errors, and those of parts: `tooManyExperiments`, `tooManyArms`,
    ///   `tooFewExperiments`, `dependentOnExperiment`, `needsOnePerExperiment`, `invalidRepeats`.
    package func randomEffects(
        _ options: RandomEffectsOptions, stream: RandomStream
    ) throws(EstimationError) -> MetaAnalysisFit {
        try check(options)
        let indices = indices(options.correlation, stream: stream)
        let (model, design) = try model(options, indices: indices)
        let fit = try FittedModel(model, options)
        let summary = FitSummary(data: self, fit: fit, design: design)
        return try summary.fit(repeats: try repeats(options, stream: stream))
    }

    /// The same with an intercept, normal intervals and one level.
    package func randomEffects(
        _ estimator: HeterogeneityEstimator = .reml, correlation: EffectCorrelation = .sharedControl,
        stream: RandomStream, level: Double = 0.95
    ) throws(EstimationError) -> MetaAnalysisFit {
        try randomEffects(RandomEffectsOptions(estimator, correlation: correlation, level: level), stream: stream)
    }

    private func check(_ options: RandomEffectsOptions) throws(EstimationError) {
        guard options.level > 0, options.level < 1 else { throw .invalidLevel(options.level) }
        let isCorrelated = options.correlation == .sharedControl && (0..<experimentCount).contains(where: isCorrelated)
        if options.estimator.needsIndependence, isCorrelated {
            throw .dependentEffects(estimator: options.estimator.rawValue)
        }
        if options.levels == .experimentsAndArms {
            guard options.estimator.isLikelihood else { throw .needsLikelihood(estimator: options.estimator.rawValue) }
            guard options.correlation != .onePerExperiment, experimentCount > 1, count > experimentCount else {
                throw .oneArmEach
            }
        }
        if options.parts.contains(.influence), experimentCount > LeaveOneOut.limit {
            throw .tooManyExperiments(limit: LeaveOneOut.limit, found: experimentCount)
        }
        if options.parts.contains(.robust) {
            let needed = options.moderators.count + 2
            guard experimentCount >= needed else { throw .tooFewExperiments(needed: needed, found: experimentCount) }
            for k in 0..<experimentCount where offsets[k + 1] - offsets[k] > ClusterRobust.armLimit {
                throw .tooManyArms(
                    experiment: experiments[k], limit: ClusterRobust.armLimit, found: offsets[k + 1] - offsets[k])
            }
        }
        if options.repeats != 0 {
            guard options.correlation == .onePerExperiment else { throw .needsOnePerExperiment }
            guard options.repeats > 1 else { throw .invalidRepeats(options.repeats) }
        }
    }

    private func model(
        _ options: RandomEffectsOptions, indices: [Int]
    ) throws(EstimationError) -> (EffectModel, Design) {
        let needed = options.moderators.count + 2
        guard indices.count >= needed else { throw .tooFewEffects(needed: needed, found: indices.count) }
        let design = try Design(options.moderators, count: count, indices: indices)
        return (try EffectModel(self, options.correlation, indices: indices, design: design), design)
    }

    /// Draw r takes numbers rK…(r + 1)K − 1 of the stream, so the first is that of the fit itself.
    private func repeats(
        _ options: RandomEffectsOptions, stream: RandomStream
    ) throws(EstimationError) -> RepeatedDraws? {
        guard options.repeats > 1 else { return nil }
        let made = concurrentMap(options.repeats) { draw -> Result<[Double], EstimationError> in
            do throws(EstimationError) {
                let (model, design) = try model(options, indices: drawn(draw, stream: stream))
                let fit = try FittedModel(model, options)
                let beta = design.original(fit.coefficients, fit.covariance).beta
                return .success([beta[0] * model.unit, fit.components.total.squareRoot() * model.unit])
            } catch {
                return .failure(error)
            }
        }
        var (means, taus) = ([Double](), [Double]())
        for one in made {
            let pair = try one.get()
            means.append(pair[0])
            taus.append(pair[1])
        }
        return RepeatedDraws(count: made.count, mean: .init(means), tau: .init(taus))
    }
}

extension RepeatedDraws.Spread {
    fileprivate init(_ values: [Double]) {
        self.init(
            mean: SampleMoments.mean(values), standardDeviation: SampleMoments.standardDeviation(values),
            least: values.min() ?? .nan, greatest: values.max() ?? .nan)
    }
}
