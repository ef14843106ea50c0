import Estimation
import Probability
import Testing

/// A fit of `random-effects.R`: metafor's `rma.mv` with clubSandwich's CR2, and dense matrices for what it has not.
struct MultilevelReference: Decodable {
    let method: String
    let levels: Int
    let moderated: Bool
    let estimate, se, sigmaSquared, robustSE, robustDF, robustP: OneOrMore
    let logLikelihood, q, iSquared: Double
    let shrunken, shrunkenSE: [Double]
    let weights, prediction, experimentInterval, armInterval, cook, hat: [Double]?
    let dl, dlSE, he, heSE, pm: Double?

    /// Within 1e-6, and 1e-5 of robust errors where the optimum is at 0 for metafor but for rounding.
    func compare(_ data: MetaAnalysisData, moderator: Moderator) throws {
        let stream = RandomStream(seed: 1, identifier: "test")
        let estimator = try #require(HeterogeneityEstimator(rawValue: method))
        var parts: RandomEffectsOptions.Parts = [.intervals, .effects, .robust]
        if cook != nil { parts.insert(.influence) }
        var options = RandomEffectsOptions(
            estimator, levels: levels == 2 ? .experimentsAndArms : .effects, moderators: moderated ? [moderator] : [],
            parts: parts)
        let fit = try data.randomEffects(options, stream: stream)
        expectClose(fit.coefficients.map(\.estimate), estimate.values)
        expectClose(fit.coefficients.map(\.standardError), se.values)
        if levels == 2 {
            let components = try #require(fit.components)
            expectClose(components.experiment.tauSquared, sigmaSquared.values[0])
            expectClose(components.arm.tauSquared, sigmaSquared.values[1])
            if let experimentInterval { expectClose(components.experiment.interval, experimentInterval) }
            if let armInterval { expectClose(components.arm.interval, armInterval) }
        }
        expectClose(fit.tauSquared, sigmaSquared.values.reduce(0, +))
        expectClose(fit.logLikelihood, logLikelihood)
        expectClose(fit.q, q)
        expectClose(fit.iSquared, iSquared)
        expectClose(fit.effects.map(\.mean), shrunken)
        expectClose(fit.effects.map(\.standardDeviation), shrunkenSE)
        if let weights { expectClose(fit.effects.map(\.weight), weights) }
        if let prediction { expectClose(fit.predictionInterval, prediction) }
        let robust = try #require(fit.robust)
        expectClose(robust.coefficients.map(\.standardError), robustSE.values)
        expectClose(robust.coefficients.map { $0.degreesOfFreedom ?? .nan }, robustDF.values)
        expectClose(robust.coefficients.map(\.pValue), robustP.values)
        if let cook, let hat {
            let influence = try #require(fit.influence)
            expectClose(influence.map(\.cook), cook, tolerance: 1e-5)
            expectClose(influence.map(\.hat), hat)
        }
        options.levels = .effects
        options.parts = []
        for (estimator, expected, error) in [(HeterogeneityEstimator.dl, dl, dlSE), (.he, he, heSE), (.pm, pm, nil)] {
            guard let expected else { continue }
            options.estimator = estimator
            let fit = try data.randomEffects(options, stream: stream)
            expectClose(fit.tauSquared, expected)
            if let error { expectClose(fit.tauSquaredStandardError, error) }
        }
    }
}
