internal import Parallelism
package import Probability

extension MetaAnalysisData {
    /// True effects under a law with lighter or heavier tails, fitted by maximum likelihood, shared controls honoured.
    ///
    /// - normal: θ ~ Normal(μ, τ²), exact.
    /// - student-t: θ ~ μ + σ t_ν; a true outlier is shrunken little, the more the smaller ν.
    /// - spike-normal: θ ~ π₀δ₀ + Σ_m π_m Normal(0, σ_m²), adaptive shrinkage about zero.
    ///
    /// Given the control's error the effects of one experiment are independent, so a block's likelihood is a
    /// one-dimensional integral, by quadrature to 1e-9. Intervals take the fitted law as known. The AIC of spike-normal
    /// counts the weights that are not zero and so is a rough guide. Assumed: normal noise of known variance, true effects
    /// of one experiment's arms independent. Linear in effects. Sources: Lee and Thompson, Statistics in Medicine 27(3),
    /// 2008; Stephens, Biostatistics 18(2), 2017.
    /// - Parameters:
    ///   - correlation: Between effects that share a control.
    ///   - stream: Draws variants for one per experiment.
    ///   - level: Of all intervals.
    ///   - threshold: For the probabilities of exceeding it.
    /// - Throws: `tooFewEffects` below two but for spike-normal, `zeroNoise`, `invalidLevel`, `noConvergence`.
    package func population(
        _ law: PopulationLaw, correlation: EffectCorrelation = .sharedControl, stream: RandomStream,
        level: Double = 0.95, threshold: Double = 0
    ) throws(EstimationError) -> PopulationFit {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        let blocks = try NoiseBlocks(self, correlation, stream: stream)
        let errors = blocks.indices.map(variance)
        let chosen = try fit(law, blocks, errors)
        var comparison: [LawComparison] = []
        for other in PopulationLaw.allCases {
            // A law that cannot be fitted is not compared.
            guard let fitted = other == law ? chosen : try? fit(other, blocks, errors) else { continue }
            comparison.append(
                LawComparison(
                    law: other, logLikelihood: fitted.logLikelihood, parameters: fitted.population.parameterCount))
        }
        let posterior = try PopulationPosterior(blocks, chosen.population, variances: errors)
        let chunks = Chunks(of: blocks.blockCount, size: 32)
        let effects = concurrentMap(chunks.count) { chunk in
            chunks[chunk].flatMap { k in
                zip(blocks.range(k), posterior.effects(of: k)).map { j, mixture in
                    effect(blocks.indices[j], mixture, level: level, threshold: threshold)
                }
            }
        }
        let joined = Array(effects.joined())
        // Products of variances leave the range of numbers before the likelihood does.
        guard joined.allSatisfy({ $0.standardDeviation.isFinite && $0.interval.lower.isFinite }) else {
            throw .noConvergence(method: law.rawValue)
        }
        return PopulationFit(
            population: chosen.population, correlation: correlation, metric: metric, level: level,
            threshold: threshold, experimentCount: experimentCount, effectCount: blocks.count,
            logLikelihood: chosen.logLikelihood, comparison: comparison, effects: joined)
    }

    private func fit(
        _ law: PopulationLaw, _ blocks: NoiseBlocks, _ errors: [Double]
    ) throws(EstimationError) -> (population: FittedPopulation, logLikelihood: Double) {
        let needed = law == .spikeNormal ? 1 : 2
        guard blocks.count >= needed else { throw .tooFewEffects(needed: needed, found: blocks.count) }
        switch law {
        case .normal:
            let fit = try NormalFit(blocks)
            return (
                .normal(mean: fit.location + blocks.centre, standardDeviation: fit.tauSquared.squareRoot()),
                fit.logLikelihood
            )
        case .studentT:
            let fit = try StudentFit(blocks, normal: try NormalFit(blocks))
            return (
                .studentT(
                    location: fit.location + blocks.centre, scale: fit.scale, degreesOfFreedom: fit.degrees),
                fit.logLikelihood
            )
        case .spikeNormal:
            let fit = try SpikeNormalFit(blocks, variances: errors)
            let components = zip(fit.law.variances, fit.law.weights).dropFirst().filter { $0.1 > 0 }
            return (
                .spikeNormal(
                    spike: fit.law.weights[0],
                    components: components.map {
                        PopulationComponent(standardDeviation: $0.0.squareRoot(), weight: $0.1)
                    }),
                fit.logLikelihood
            )
        }
    }

    private func effect(
        _ index: Int, _ mixture: AtomicMixture, level: Double, threshold: Double
    ) -> PopulationEffect {
        let above = mixture.upperTail(0)
        let zero = mixture.position == 0 ? mixture.atom : 0
        return PopulationEffect(
            experiment: experiments[experimentIndices[index]], arm: arms[index], effect: effects[index],
            standardError: standardError(index), median: mixture.quantile(0.5), mean: mixture.mean,
            standardDeviation: mixture.standardDeviation,
            interval: ConfidenceInterval(
                lower: mixture.quantile((1 - level) / 2), upper: mixture.quantile((1 + level) / 2)),
            probabilityAboveZero: above, probabilityAbove: mixture.upperTail(threshold), probabilityZero: zero,
            falseSignRate: max(0, min(1 - above, above + zero)))
    }
}

extension FittedPopulation {
    var parameterCount: Int {
        switch self {
        case .normal: 2
        case .studentT: 3
        case .spikeNormal(let spike, let components): max(0, components.count + (spike > 0 ? 1 : 0) - 1)
        }
    }
}
