internal import Parallelism
package import Probability

extension MetaAnalysisData {
    /// What the true effects under a fitted law say of shipping each variant.
    ///
    /// Given the control's error the variants of one experiment are independent, so probabilities are integrals over it and
    /// over the best one's value: within 1e-6. Effects that are exactly zero under a spike are ties, which the variants
    /// share and the control wins.
    /// - Parameters:
    ///   - fit: Made from these data.
    ///   - stream: That of the fit.
    /// - Throws: `zeroNoise`, `noConvergence`.
    package func decisions(under fit: PopulationFit, stream: RandomStream) throws(EstimationError) -> ShippingDecisions
    {
        let blocks = try NoiseBlocks(self, fit.correlation, stream: stream)
        let posterior = try PopulationPosterior(
            blocks, fit.population, variances: blocks.indices.map(variance))
        let groups = ExperimentGroups(blocks, self)
        let outcomes = concurrentMap(groups.count) { group in
            Result { () throws(EstimationError) in
                if let law = posterior.factors(of: groups.blocks[group]) { return try law.bestVariant(weight: 1) }
                return try posterior.bestVariant(groups.blocks[group])
            }
        }
        return try shipping(blocks, groups, outcomes, level: fit.level)
    }
}

extension PopulationPosterior {
    /// Which of these blocks' variants is best.
    fileprivate func bestVariant(_ numbers: Range<Int>) throws(EstimationError) -> BestVariantOutcome {
        // Blocks are independent; several stand in one experiment only where each has one node.
        var nodes: [(weight: Double, effects: [AtomicMixture])] = [(1, [])]
        for k in numbers {
            let more = self.nodes(of: k) ?? []
            nodes = nodes.flatMap { node in
                more.map { (weight: node.weight * $0.weight, effects: node.effects + $0.effects) }
            }
        }
        var outcome = BestVariantOutcome(count: nodes.first?.effects.count ?? 0)
        for node in nodes where node.weight > 1e-10 {
            outcome.add(try AtomicMixture.bestVariant(of: node.effects, weight: node.weight), weight: node.weight)
        }
        return outcome
    }
}

extension AtomicMixture {
    /// Which of independent effects is best.
    fileprivate static func bestVariant(
        of effects: [AtomicMixture], weight: Double
    ) throws(EstimationError) -> BestVariantOutcome {
        var outcome = BestVariantOutcome(count: effects.count)
        let spreads = effects.map(\.parts)
        if spreads.contains(where: { !$0.isEmpty }) {
            let position = effects.first?.position ?? 0
            let integral = BestVariantIntegral(
                count: effects.count, shift: CommonShift(spread: 0, slope: 0, rest: 0),
                breaks: BestVariantIntegral.breaks(parts: spreads, cuts: [0, position]),
                tolerance: 1e-8 / max(weight, 1e-3))
            outcome = try integral.outcome { _, i, x in
                let value = effects[i].continuous(x)
                return (value.cumulative + (x >= position ? effects[i].atom : 0), value.density)
            }
        }
        outcome.means = effects.map(\.mean)
        outcome.addTies(effects)
        return outcome
    }

    private var parts: [(mean: Double, deviation: Double)] {
        let kept = weights.indices.filter { weights[$0] > 1e-10 }
        return kept.map { (means[$0], deviations[$0]) } + (atom > 1e-10 ? [(position, 0)] : [])
    }
}

extension BestVariantOutcome {
    /// The best at the atoms' place: E[1/(1 + others there)] for each, ∫₀¹ Π_{j≠i}(G_j(0−) + t a_j) dt a_i.
    fileprivate mutating func addTies(_ effects: [AtomicMixture]) {
        guard effects.contains(where: { $0.atom > 0 }), let position = effects.first?.position else { return }
        let below = effects.map { $0.continuous(position).cumulative }
        let rule = BestVariantOutcome.ties
        for (node, weight) in zip(rule.nodes, rule.weights) {
            let values = zip(below, effects).map { $0 + (node + 1) / 2 * $1.atom }
            for i in effects.indices {
                var product = weight / 2 * effects[i].atom
                for j in effects.indices where j != i { product *= values[j] }
                best[i] += product
                if position > 0 {
                    bestAmongAll[i] += product
                    greatest += product * position
                }
            }
        }
    }

    private static let ties = GaussLegendre(count: 16)
}
