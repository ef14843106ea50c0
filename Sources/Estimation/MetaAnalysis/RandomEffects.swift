package import Probability

extension MetaAnalysisData {
    /// The random-effects model δ ~ Normal(μ1, Σ + τ²I), Σ the noise under the given correlation.
    ///
    /// Shrunken effects are μ̂ + τ̂²B⁻¹(δ − μ̂1), with variance τ̂²I − τ̂⁴B⁻¹ plus what μ̂'s error adds. Assumed: normal
    /// noise of known variance, true effects of one experiment's arms independent given μ. Linear in effects.
    /// Sources: Viechtbauer, Journal of Educational and Behavioral Statistics 30(3), 2005; Viechtbauer, Statistics in
    /// Medicine 26(1), 2007 (Q-profile); D. Pananos, "Musings About The Normal Normal Model", 2026.
    /// - Parameters:
    ///   - estimator: Of τ².
    ///   - correlation: Between effects that share a control.
    ///   - stream: Draws variants for one per experiment.
    ///   - level: Of all intervals.
    /// - Throws: `tooFewEffects` below two, `zeroNoise`, `invalidLevel`, `noConvergence`.
    package func randomEffects(
        _ estimator: HeterogeneityEstimator = .reml, correlation: EffectCorrelation = .sharedControl,
        stream: RandomStream, level: Double = 0.95
    ) throws(EstimationError) -> MetaAnalysisFit {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        let blocks = try NoiseBlocks(self, correlation, stream: stream)
        guard blocks.count >= 2 else { throw .tooFewEffects(needed: 2, found: blocks.count) }
        let profile = Heterogeneity(blocks: blocks, estimator: estimator)
        let tauSquared = try profile.maximum()
        let sums = blocks.information(tauSquared)
        let mean = sums.mean + blocks.centre
        let error = (1 / sums.precision).squareRoot()
        let z = Normal.standard.upperQuantile((1 - level) / 2)
        let degrees = Double(blocks.count - 1)
        let q = blocks.information(0).residual
        let chi = ChiSquared(degreesOfFreedom: degrees)
        let typical = degrees / CurvatureSums(blocks, 0).projectedTrace
        let spread = (error * error + tauSquared).squareRoot()
        return MetaAnalysisFit(
            estimator: estimator, correlation: correlation, metric: metric, level: level,
            experimentCount: experimentCount, effectCount: blocks.count, mean: mean, meanStandardError: error,
            meanInterval: .init(lower: mean - z * error, upper: mean + z * error),
            meanPValue: min(1, 2 * Normal.standard.upperTail((mean / error).magnitude)), tauSquared: tauSquared,
            tauSquaredStandardError: profile.standardError(tauSquared),
            tauSquaredInterval: .init(
                lower: profile.tauSquared(whereQIs: chi.upperQuantile((1 - level) / 2)),
                upper: profile.tauSquared(whereQIs: chi.quantile((1 - level) / 2))),
            q: q, qDegreesOfFreedom: degrees, qPValue: chi.upperTail(q),
            iSquared: tauSquared / (tauSquared + typical),
            predictionInterval: .init(lower: mean - z * spread, upper: mean + z * spread),
            logLikelihood: profile.logLikelihood(tauSquared),
            effects: shrunken(blocks, tauSquared, sums, multiple: z))
    }

    private func shrunken(
        _ blocks: NoiseBlocks, _ tauSquared: Double, _ sums: InformationSums, multiple: Double
    ) -> [ShrunkenEffect] {
        var result: [ShrunkenEffect] = []
        result.reserveCapacity(blocks.count)
        for k in 0..<blocks.blockCount {
            let moments = BlockPosterior(blocks, k, tauSquared)
            for (i, j) in blocks.range(k).enumerated() {
                let index = blocks.indices[j]
                let mean = moments.mean(i, populationMean: sums.mean) + blocks.centre
                let deviation = moments.variance(i, meanVariance: 1 / sums.precision).squareRoot()
                result.append(
                    ShrunkenEffect(
                        experiment: experiments[experimentIndices[index]], arm: arms[index], effect: effects[index],
                        standardError: standardError(index), mean: mean, standardDeviation: deviation,
                        interval: .init(lower: mean - multiple * deviation, upper: mean + multiple * deviation)))
            }
        }
        return result
    }
}
