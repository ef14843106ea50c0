internal import Probability

extension MetaAnalysisData {
    /// Correlations, information and outlying controls at the REML fit under the shared control.
    ///
    /// Outlying controls need a fit without each experiment of several arms. Where there are more than `refits` of them,
    /// or more than 10⁷ effects would be gone through, those whose z at the full fit is largest are refitted and the
    /// others keep that z, so cost stays linear. Source: D. Pananos, "Musings About The Normal Normal Model", 2026.
    /// - Parameters:
    ///   - inflationThreshold: The ratio of informations from which an experiment stands out.
    ///   - falseAlarms: The share of analyses without an outlying control in which one may be flagged.
    /// - Throws: `tooFewEffects` below two, `zeroNoise`, `noConvergence`.
    package func sharedControlDiagnostics(
        inflationThreshold: Double = 1.5, falseAlarms: Double = 0.05, refits: Int = 100
    ) throws(EstimationError) -> SharedControlDiagnostics {
        let stream = RandomStream(seed: 0, identifier: "")
        let blocks = try NoiseBlocks(self, .sharedControl, stream: stream)
        let ignoring = try NoiseBlocks(self, .ignore, stream: stream)
        guard count >= 2 else { throw .tooFewEffects(needed: 2, found: count) }
        let tauSquared = try Heterogeneity(blocks: blocks, estimator: .reml).maximum()
        let outlying = try outlyingControls(
            blocks, tauSquared, refits: min(refits, max(1, 10_000_000 / blocks.count)))
        let tested = Double(outlying.count { $0 != nil })
        var experiments: [ExperimentDiagnostics] = []
        experiments.reserveCapacity(experimentCount)
        for k in 0..<experimentCount {
            let range = offsets[k]..<offsets[k + 1]
            let ones = repeatElement(1.0, count: range.count)
            let correlated = BlockInverse(blocks, k, tauSquared).solve(ones).reduce(0, +)
            experiments.append(
                ExperimentDiagnostics(
                    experiment: self.experiments[k], armCount: range.count, correlations: noiseCorrelations(k),
                    correlatedInformation: correlated,
                    independentInformation: range.reduce(0) { $0 + 1 / (variance($1) + tauSquared) },
                    informationBound: multipliers == nil && shared[k] > 0 ? 1 / shared[k] : nil,
                    outlyingControl: outlying[k]))
        }
        return SharedControlDiagnostics(
            experiments: experiments, inflationThreshold: inflationThreshold,
            outlierThreshold: max(3, Normal.standard.upperQuantile(falseAlarms / (2 * max(1, tested)))),
            verdict: try verdict(ignoring, tauSquared), tauSquared: tauSquared)
    }

    private func verdict(_ ignoring: NoiseBlocks, _ tauSquared: Double) throws(EstimationError) -> SharedControlVerdict
    {
        let own = try Heterogeneity(blocks: ignoring, estimator: .reml).maximum()
        let sums = ignoring.information(own)
        var variance = 0.0
        for k in 0..<experimentCount {
            var (shared, scale) = (0.0, 0.0)
            for j in offsets[k]..<offsets[k + 1] {
                let weight = 1 / (self.variance(j) + own) / sums.precision
                variance += weight * weight * (self.own[j] + tauSquared)
                shared += weight * multiplier(j)
                scale += weight * effects[j]
            }
            variance += shared * shared * self.shared[k] + (scaleNoise.map { $0[k] * scale * scale } ?? 0)
        }
        return SharedControlVerdict(
            ignoringMean: sums.mean + ignoring.centre, stated: (1 / sums.precision).squareRoot(),
            actual: variance.squareRoot())
    }

    private func outlyingControls(
        _ blocks: NoiseBlocks, _ tauSquared: Double, refits: Int
    ) throws(EstimationError) -> [Double?] {
        var result = Array(repeating: Double?.none, count: experimentCount)
        guard experimentCount > 1 else { return result }
        let total = blocks.information(tauSquared)
        let several = (0..<experimentCount).filter { blocks.range($0).count > 1 }
        for k in several {
            let one = NoiseBlocks.experiment(k, of: blocks).information(tauSquared)
            let others = total.precision - one.precision
            let mean = (total.weighted - one.weighted) / others
            result[k] = MetaAnalysisData.score(one, mean: mean, others: others)
        }
        let order = several.sorted { ((result[$0] ?? 0).magnitude, $1) > ((result[$1] ?? 0).magnitude, $0) }
        for k in order.prefix(refits) {
            let rest = NoiseBlocks(blocks, without: k)
            guard rest.count >= 2 else {
                result[k] = nil
                continue
            }
            let refitted = try Heterogeneity(blocks: rest, estimator: .reml).maximum(near: tauSquared)
            let others = rest.information(refitted)
            let one = NoiseBlocks.experiment(k, of: blocks).information(refitted)
            result[k] = MetaAnalysisData.score(one, mean: others.mean, others: others.precision)
        }
        return result
    }

    private static func score(_ one: InformationSums, mean: Double, others: Double) -> Double {
        (one.weighted - mean * one.precision)
            / (one.precision + one.precision * one.precision / others).squareRoot()
    }
}
