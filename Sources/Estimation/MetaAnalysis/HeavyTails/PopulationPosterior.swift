/// Every true effect given the effects and a fitted law.
struct PopulationPosterior: Sendable {
    let blocks: NoiseBlocks
    /// nil for the normal law.
    private let mixture: (law: ScaleMixture, likelihood: MixtureLikelihood)?
    /// For the normal law, which needs no quadrature.
    private let normal: (location: Double, tauSquared: Double)?

    /// - Throws: `noConvergence`.
    init(
        _ blocks: NoiseBlocks, _ population: FittedPopulation, variances: [Double]
    ) throws(EstimationError) {
        self.blocks = blocks
        switch population {
        case .normal(let mean, let deviation):
            normal = (mean - blocks.centre, deviation * deviation)
            mixture = nil
        case .studentT(let location, let scale, let degrees) where degrees == .infinity:
            normal = (location - blocks.centre, scale * scale)
            mixture = nil
        case .studentT(let location, let scale, let degrees):
            let centred = location - blocks.centre
            normal = nil
            mixture = (
                StudentMixture(blocks, location: centred, scale: scale, degrees: degrees).law,
                try MixtureLikelihood(blocks, reference: ScaleMixture.everyScale(blocks, blocks.own, location: centred))
            )
        case .spikeNormal(let spike, let components):
            let law = ScaleMixture(
                location: -blocks.centre, weights: [spike] + components.map(\.weight),
                variances: [0] + components.map { $0.standardDeviation * $0.standardDeviation })
            normal = nil
            mixture = (
                law,
                try MixtureLikelihood(
                    blocks, reference: ScaleMixture.everyScale(blocks, variances, location: -blocks.centre))
            )
        }
    }

    /// The true effects of block k.
    func effects(of k: Int) -> [AtomicMixture] {
        guard let mixture else { return normalEffects(of: k) }
        var total: [AtomicMixture] = []
        for node in conditional(mixture.law, mixture.likelihood, k) {
            if total.isEmpty { total = node.effects.map { AtomicMixture(position: $0.position) } }
            for i in total.indices { total[i].add(node.effects[i], weight: node.weight) }
        }
        for i in total.indices { total[i].normalise() }
        return total
    }

    /// Block k's true effects at each node of what they share, independent given it; nil for the normal law.
    func nodes(of k: Int) -> [(weight: Double, effects: [AtomicMixture])]? {
        mixture.map { conditional($0.law, $0.likelihood, k) }
    }

    /// For the normal law.
    func factors(of numbers: Range<Int>) -> FactorNormal? {
        normal.map { FactorNormal(blocks, numbers, tauSquared: $0.tauSquared, mean: ($0.location, 0)) }
    }

    private func normalEffects(of k: Int) -> [AtomicMixture] {
        guard let normal else { return [] }
        let posterior = BlockPosterior(blocks, k, normal.tauSquared)
        return posterior.fixed.indices.map { i in
            var effect = AtomicMixture(position: normal.location + blocks.centre)
            effect.add(
                weight: 1, mean: posterior.mean(i, populationMean: normal.location) + blocks.centre,
                variance: posterior.conditional[i])
            return effect
        }
    }

    private func conditional(
        _ law: ScaleMixture, _ likelihood: MixtureLikelihood, _ k: Int
    ) -> [(weight: Double, effects: [AtomicMixture])] {
        let block = MixtureBlock(blocks, k, likelihood.nodes[k], law)
        let count = law.weights.count
        return block.nodes.indices.filter { block.nodes[$0] > 1e-12 }.map { q in
            let effects = block.range.enumerated().map { i, j in
                let position = q * block.range.count + i
                var effect = AtomicMixture(position: law.location + blocks.centre)
                for m in 0..<count {
                    let share = law.variances[m] / (blocks.own[j] + law.variances[m])
                    effect.add(
                        weight: law.weights[m] * block.ratios[position * count + m],
                        mean: law.location + blocks.centre + share * block.residuals[position],
                        variance: share * blocks.own[j])
                }
                effect.normalise()
                return effect
            }
            return (block.nodes[q], effects)
        }
    }
}

extension AtomicMixture {
    mutating func add(_ other: AtomicMixture, weight: Double) {
        for i in other.weights.indices {
            add(
                weight: weight * other.weights[i], mean: other.means[i],
                variance: other.deviations[i] * other.deviations[i])
        }
        add(weight: weight * other.atom, mean: other.position, variance: 0)
    }
}
