/// The components of the mixtures of one block's true effects at a time, in memory that is kept from block to block.
///
/// Effect i's means and inverse deviations stand at i·(nodes)…: the coarse rule's nodes first, then the fine rule's.
struct BlockMoments {
    private let blocks: NoiseBlocks
    private let coarseCount: Int
    private let fineCount: Int
    private let taus: [Double]
    private let weights: [Double]
    /// μ | τ.
    private let populationMeans: [Double]
    private let populationVariances: [Double]
    private var means: [Double]
    private var inverses: [Double]

    init(_ blocks: NoiseBlocks, coarse: TauRule?, fine: TauRule) {
        self.blocks = blocks
        coarseCount = coarse?.count ?? 0
        fineCount = fine.count
        taus = (coarse?.taus ?? []) + fine.taus
        weights = (coarse?.weights ?? []) + fine.weights
        populationMeans = (coarse?.means ?? []) + fine.means
        populationVariances = (coarse?.variances ?? []) + fine.variances
        means = []
        inverses = []
    }

    /// Computes block k's.
    mutating func fill(_ k: Int) {
        let size = blocks.range(k).count
        if means.count < size * taus.count {
            means = Array(repeating: 0, count: size * taus.count)
            inverses = means
        }
        for node in taus.indices {
            let tauSquared = taus[node] * taus[node]
            if blocks.isRankOne {
                fillRankOne(k, node, tauSquared)
                continue
            }
            let posterior = BlockPosterior(blocks, k, tauSquared)
            for i in 0..<size {
                set(
                    i, node, posterior.mean(i, populationMean: populationMeans[node]),
                    posterior.variance(i, meanVariance: populationVariances[node]))
            }
        }
    }

    /// `BlockPosterior` in scalars, for one rank-one term.
    private mutating func fillRankOne(_ k: Int, _ node: Int, _ tauSquared: Double) {
        let range = blocks.range(k)
        let (mean, spread) = (populationMeans[node], populationVariances[node])
        let shared = blocks.shared.isEmpty ? 0 : blocks.shared[k]
        guard shared > 0 else {
            for (i, j) in range.enumerated() {
                let weight = 1 / (blocks.own[j] + tauSquared)
                let slope = blocks.own[j] * weight
                set(
                    i, node, tauSquared * weight * blocks.effects[j] + slope * mean,
                    slope * (tauSquared + slope * spread))
            }
            return
        }
        var (z1, zd, zu) = (0.0, 0.0, 0.0)
        for j in range {
            let z = blocks.multipliers[j] / (blocks.own[j] + tauSquared)
            z1 += z
            zd += z * blocks.effects[j]
            zu += z * blocks.multipliers[j]
        }
        let kappa = shared / (1 + shared * zu)
        for (i, j) in range.enumerated() {
            let weight = 1 / (blocks.own[j] + tauSquared)
            let share = blocks.own[j] * weight
            let z = tauSquared * weight * blocks.multipliers[j]
            let slope = share + kappa * z * z1
            set(
                i, node, tauSquared * weight * blocks.effects[j] - kappa * zd * z + slope * mean,
                tauSquared * share + kappa * z * z + slope * slope * spread)
        }
    }

    private mutating func set(_ i: Int, _ node: Int, _ mean: Double, _ variance: Double) {
        means[i * taus.count + node] = mean + blocks.centre
        inverses[i * taus.count + node] = 1 / variance.squareRoot()
    }

    /// The mixtures of the block's effect number i, coarse and fine.
    func read<Result>(_ i: Int, _ body: (NormalComponents?, NormalComponents) -> Result) -> Result {
        weights.withUnsafeBufferPointer { weights in
            means.withUnsafeBufferPointer { means in
                inverses.withUnsafeBufferPointer { inverses in
                    let place = i * taus.count
                    let coarse =
                        coarseCount == 0
                        ? nil
                        : NormalComponents(
                            weights[..<coarseCount], means[place..<place + coarseCount],
                            inverses[place..<place + coarseCount])
                    let (first, last) = (place + coarseCount, place + coarseCount + fineCount)
                    return body(
                        coarse, NormalComponents(weights[coarseCount...], means[first..<last], inverses[first..<last]))
                }
            }
        }
    }
}
