internal import LinearAlgebra

/// Effects in units of each metric's observed spread, and the parts of their noise, as the likelihood reads them.
///
/// Experiment k's marginal covariance is blockdiag(T_i + Λ) + Σ_c X_cX_cᵀ, the columns X those of R_iF and E_iF′ stacked
/// over its arms, with S = FFᵀ and S′ = F′F′ᵀ, which may be singular. Where nothing is shared (one arm, or S = 0) the
/// noise is one matrix an effect.
struct LikelihoodBlocks: Sendable {
    let order: Int
    /// Experiment k's effects are `offsets[k]..<offsets[k + 1]`.
    let offsets: [Int]
    /// What each metric was divided by.
    let scales: [Double]
    /// What was subtracted before.
    let centre: [Double]
    /// J × G.
    let values: [Double]
    /// J × G(G+1)/2.
    let own: [Double]
    /// Where in `roots` an experiment's F stands; −1 where its effects share nothing.
    let rootOffsets: [Int]
    /// F, and on the standardised scale F′ behind it, packed lower triangles.
    let roots: [Double]
    /// R_j, J × G; empty where all are 1.
    let multipliers: [Double]
    /// E_j in the units of `values`, J × G; empty off the standardised scale.
    let scaleMultipliers: [Double]
    let largestExperiment: Int

    /// - Throws: `indefiniteNoise` where a shared covariance has a negative direction.
    init(_ effects: TreatmentEffects, start: LikelihoodStart) throws(EstimationError) {
        let (order, packed) = (effects.order, effects.packedOrder)
        self.order = order
        offsets = effects.offsets
        scales = start.scales
        centre = start.centre
        var products: [Double] = []
        for a in 0..<order { for b in 0...a { products.append(start.scales[a] * start.scales[b]) } }
        var values = effects.values
        for j in 0..<effects.count {
            for m in 0..<order { values[j * order + m] = (values[j * order + m] - centre[m]) / scales[m] }
        }
        var own = effects.own
        for j in 0..<effects.count { for p in 0..<packed { own[j * packed + p] /= products[p] } }
        var roots: [Double] = []
        var rootOffsets = Array(repeating: -1, count: effects.experimentCount)
        var largest = 1
        for k in 0..<effects.experimentCount {
            let range = effects.effects(of: k)
            largest = max(largest, range.count)
            if range.count == 1 {
                let j = range.lowerBound
                var position = 0
                for a in 0..<order {
                    for b in 0...a {
                        own[j * packed + position] = effects.covariance(j, j, a, b) / products[position]
                        position += 1
                    }
                }
                continue
            }
            let shared = effects.shared[k * packed..<(k + 1) * packed]
            let scaleNoise = effects.scaleNoise?[k * packed..<(k + 1) * packed]
            guard shared.contains(where: { $0 != 0 }) || scaleNoise?.contains(where: { $0 != 0 }) == true else {
                continue
            }
            let scaled = zip(shared, products).map { $0 / $1 }
            guard let root = semidefiniteRoot(scaled[...], order: order) else {
                throw .indefiniteNoise(experiment: effects.experiments[k])
            }
            rootOffsets[k] = roots.count
            roots += root
            guard let scaleNoise else { continue }
            guard let second = semidefiniteRoot(scaleNoise, order: order) else {
                throw .indefiniteNoise(experiment: effects.experiments[k])
            }
            roots += second
        }
        self.values = values
        self.own = own
        self.roots = roots
        self.rootOffsets = rootOffsets
        multipliers = roots.isEmpty ? [] : effects.multipliers ?? []
        largestExperiment = largest
        guard effects.scaleNoise != nil, !roots.isEmpty else {
            scaleMultipliers = []
            return
        }
        var scaleMultipliers = effects.values
        for j in 0..<effects.count { for m in 0..<order { scaleMultipliers[j * order + m] /= scales[m] } }
        self.scaleMultipliers = scaleMultipliers
    }

    var packedOrder: Int { PackedSymmetric.count(order: order) }
    /// J.
    var count: Int { offsets.last ?? 0 }
    /// K.
    var experimentCount: Int { offsets.count - 1 }
    /// r, the columns of X: 0 where nothing is shared, else G, or 2G on the standardised scale.
    var rank: Int { roots.isEmpty ? 0 : scaleMultipliers.isEmpty ? order : 2 * order }
}
