internal import Parallelism
package import Probability

extension MetaAnalysisData {
    /// What the exact posterior says of shipping each variant.
    ///
    /// Probabilities of being best and expected losses by quadrature over τ, over the factors that move an experiment's
    /// variants together, and over the best one's value: within 1e-7, losses relative to the effects' size. The posterior
    /// is that of `posterior`. Source of the expected loss: Stucchio, *Bayesian A/B Testing at VWO*, 2015.
    /// - Parameters:
    ///   - prior: nil for `defaultPrior()`.
    ///   - correlation: Between effects that share a control.
    ///   - stream: Draws variants for one per experiment.
    ///   - level: Of the raw intervals by which winners are chosen.
    /// - Throws: as `posterior`.
    package func decisions(
        prior chosen: Prior? = nil, correlation: EffectCorrelation = .sharedControl, stream: RandomStream,
        level: Double = 0.95
    ) throws(EstimationError) -> ShippingDecisions {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        let prior = if let chosen { chosen } else { try defaultPrior() }
        let blocks = try NoiseBlocks(self, correlation, stream: stream)
        let nodes = try TauNode.nodes(blocks, prior: prior)
        let groups = ExperimentGroups(blocks, self)
        let outcomes = concurrentMap(groups.count) { group in
            Result { () throws(EstimationError) in
                var outcome = BestVariantOutcome(count: groups.members[group].count)
                for node in nodes {
                    let law = FactorNormal(
                        blocks, groups.blocks[group], tauSquared: node.tauSquared, mean: node.mean)
                    outcome.add(try law.bestVariant(weight: node.weight), weight: node.weight)
                }
                return outcome
            }
        }
        return try shipping(blocks, groups, outcomes, level: level)
    }

    /// Every experiment's decision, and how much winners exaggerate.
    func shipping(
        _ blocks: NoiseBlocks, _ groups: ExperimentGroups, _ outcomes: [Result<BestVariantOutcome, EstimationError>],
        level: Double
    ) throws(EstimationError) -> ShippingDecisions {
        var decisions: [ExperimentDecision] = []
        decisions.reserveCapacity(outcomes.count)
        for (members, outcome) in zip(groups.members, outcomes) {
            decisions.append(decision(blocks.indices[members], try outcome.get()))
        }
        let multiple = Normal.standard.upperQuantile((1 - level) / 2)
        let variants = decisions.flatMap(\.variants)
        return ShippingDecisions(
            experiments: decisions,
            winners: WinnersExaggeration(of: variants.filter { $0.effect > multiple * $0.standardError }),
            bestVariants: WinnersExaggeration(of: variants.filter(\.isBest)))
    }

    private func decision(_ indices: ArraySlice<Int>, _ outcome: BestVariantOutcome) -> ExperimentDecision {
        let greatest = outcome.best.max() ?? 0
        let best = outcome.best.firstIndex(of: greatest)
        let variants = zip(indices, outcome.best.indices).map { j, i in
            VariantDecision(
                variant: arms[j], effect: effects[j], standardError: standardError(j), shrunken: outcome.means[i],
                probabilityBest: outcome.best[i], probabilityBestAmongAll: outcome.bestAmongAll[i],
                expectedLoss: max(0, outcome.greatest - outcome.means[i]), isBest: i == best)
        }
        return ExperimentDecision(
            experiment: experiments[experimentIndices[indices[indices.startIndex]]], variants: variants,
            controlProbabilityBest: max(0, 1 - outcome.bestAmongAll.reduce(0, +)), controlLoss: outcome.greatest)
    }
}

extension WinnersExaggeration {
    init(of variants: [VariantDecision]) {
        count = variants.count
        var (raw, shrunken) = (0.0, 0.0)
        for variant in variants {
            raw += variant.effect
            shrunken += variant.shrunken
        }
        rawMean = variants.isEmpty ? nil : raw / Double(variants.count)
        shrunkenMean = variants.isEmpty ? nil : shrunken / Double(variants.count)
        expectedTrueSum = shrunken
    }
}

/// One value of τ in the average over its posterior.
private struct TauNode: Sendable {
    let tauSquared: Double
    let weight: Double
    /// μ | τ, of the centred effects.
    let mean: (mean: Double, variance: Double)

    /// - Throws: `invalidPrior`, `improperPosterior`, `noConvergence`.
    static func nodes(_ blocks: NoiseBlocks, prior: Prior) throws(EstimationError) -> [TauNode] {
        try prior.check()
        let needed = prior.effectsNeeded
        guard blocks.count >= needed else { throw .improperPosterior(needed: needed, found: blocks.count) }
        let distribution = TauDistribution(try TauPosterior(blocks, prior: prior))
        return distribution.taus.indices.filter { distribution.weights[$0] > 1e-10 }.map { q in
            TauNode(
                tauSquared: distribution.taus[q] * distribution.taus[q], weight: distribution.weights[q],
                mean: (mean: distribution.means[q], variance: distribution.variances[q]))
        }
    }
}
