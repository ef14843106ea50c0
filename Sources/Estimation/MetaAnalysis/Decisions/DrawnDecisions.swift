package import Probability

extension MetaAnalysisData {
    /// What draws from a posterior say of shipping each variant: shares and means over the draws.
    ///
    /// A probability p has a Monte Carlo standard error of √(p(1 − p)/n) for n independent draws.
    /// - Parameters:
    ///   - draws: draws[draw][effect], effects as `indices(_:stream:)` names them.
    ///   - correlation: What those draws assume.
    ///   - stream: That of the draws' variants for one per experiment.
    ///   - level: Of the raw intervals by which winners are chosen.
    /// - Throws: `wrongDraws`, `zeroNoise`, `invalidLevel`.
    package func decisions(
        draws: [[Double]], correlation: EffectCorrelation = .sharedControl, stream: RandomStream, level: Double = 0.95
    ) throws(EstimationError) -> ShippingDecisions {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        let blocks = try NoiseBlocks(self, correlation, stream: stream)
        guard !draws.isEmpty else { throw .wrongDraws(expected: blocks.count, found: 0) }
        for draw in draws {
            guard draw.count == blocks.count else { throw .wrongDraws(expected: blocks.count, found: draw.count) }
            guard draw.allSatisfy(\.isFinite) else {
                throw .wrongDraws(expected: blocks.count, found: draw.count(where: \.isFinite))
            }
        }
        let groups = ExperimentGroups(blocks, self)
        let outcomes = groups.members.map { members in
            var outcome = BestVariantOutcome(count: members.count)
            for draw in draws { outcome.add(draw[members]) }
            outcome.scale(by: 1 / Double(draws.count))
            return Result<BestVariantOutcome, EstimationError>.success(outcome)
        }
        return try shipping(blocks, groups, outcomes, level: level)
    }
}

extension BestVariantOutcome {
    /// One draw of the variants' true effects.
    mutating func add(_ draw: ArraySlice<Double>) {
        guard let greatest = draw.max() else { return }
        let share = 1 / Double(draw.count { $0 == greatest })
        for (i, value) in draw.enumerated() {
            means[i] += value
            guard value == greatest else { continue }
            best[i] += share
            if value > 0 { bestAmongAll[i] += share }
        }
        self.greatest += max(greatest, 0)
    }
}
