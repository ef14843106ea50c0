internal import Probability

/// The marginal covariance of effects, block by block: B_k = diag(s²_t + τ²) + s²_c uuᵀ + s′² ddᵀ.
///
/// Inverses are diagonal less rank-one terms, B⁻¹ = diag(1/v) − Σ_r κ_r z_rz_rᵀ, by Sherman and Morrison's formula once or
/// twice, so every quantity costs a constant for each effect and no dense matrix is made.
struct NoiseBlocks: Sendable {
    /// The number in the data of each effect that is used.
    let indices: [Int]
    let offsets: [Int]
    /// Effects less `centre`.
    let effects: [Double]
    let centre: Double
    /// s²_t, or the whole variance where a block shares nothing.
    let own: [Double]
    /// s²_c by block; empty where nothing is shared at all.
    let shared: [Double]
    /// u; empty where nothing is shared.
    let multipliers: [Double]
    /// s′² by block; empty off the standardised scale.
    let scaleNoise: [Double]
    /// d; empty off the standardised scale.
    let scaleMultipliers: [Double]

    /// - Throws: `zeroNoise` where the arm's own variance is zero and the model divides by it; `wholeCovariances` where
    ///   effects of one experiment have theirs given whole.
    init(_ data: MetaAnalysisData, _ correlation: EffectCorrelation, stream: RandomStream) throws(EstimationError) {
        let indices = data.indices(correlation, stream: stream)
        self.indices = indices
        let kept = indices.map { data.effects[$0] }
        let centre = SampleMoments.mean(kept)
        self.centre = centre
        effects = kept.map { $0 - centre }
        // Experiments of one arm share nothing: their noise is folded into the arm's own.
        let alone = zip(data.offsets, data.offsets.dropFirst()).map { $1 - $0 == 1 }
        if correlation == .sharedControl, alone.contains(false) {
            guard data.covariances == nil else { throw .wholeCovariances }
            offsets = data.offsets
            own = data.own.indices.map { alone[data.experimentIndices[$0]] ? data.variance($0) : data.own[$0] }
            for (j, variance) in own.enumerated() where !(variance > 0) {
                throw .zeroNoise(experiment: data.experiments[data.experimentIndices[j]], arm: data.arms[j])
            }
            shared = zip(data.shared, alone).map { $1 ? 0 : $0 }
            multipliers = data.multipliers ?? Array(repeating: 1, count: data.count)
            scaleNoise = (data.scaleNoise ?? []).enumerated().map { alone[$0] ? 0 : $1 }
            scaleMultipliers = data.scaleNoise == nil ? [] : data.effects
        } else {
            offsets = Array(0...indices.count)
            own = indices.map { data.variance($0) }
            (shared, multipliers, scaleNoise, scaleMultipliers) = ([], [], [], [])
        }
    }

    /// Some of another's blocks; effects keep their centre.
    private init(_ blocks: NoiseBlocks, keeping kept: [Int]) {
        let members = kept.flatMap { Array(blocks.range($0)) }
        func pick(_ values: [Double], _ chosen: [Int]) -> [Double] { values.isEmpty ? [] : chosen.map { values[$0] } }
        indices = members.map { blocks.indices[$0] }
        offsets = kept.reduce(into: [0]) { $0.append(($0.last ?? 0) + blocks.range($1).count) }
        effects = pick(blocks.effects, members)
        centre = blocks.centre
        own = pick(blocks.own, members)
        (shared, scaleNoise) = (pick(blocks.shared, kept), pick(blocks.scaleNoise, kept))
        (multipliers, scaleMultipliers) = (pick(blocks.multipliers, members), pick(blocks.scaleMultipliers, members))
    }

    /// The same effects measured in another unit.
    init(_ blocks: NoiseBlocks, inUnitsOf unit: Double) {
        (indices, offsets) = (blocks.indices, blocks.offsets)
        effects = blocks.effects.map { $0 / unit }
        centre = blocks.centre / unit
        own = blocks.own.map { $0 / unit / unit }
        shared = blocks.shared.map { $0 / unit / unit }
        (multipliers, scaleNoise) = (blocks.multipliers, blocks.scaleNoise)
        scaleMultipliers = blocks.scaleMultipliers.map { $0 / unit }
    }

    /// All blocks but block k, for leave-one-out fits.
    init(_ blocks: NoiseBlocks, without k: Int) {
        self.init(blocks, keeping: (0..<blocks.blockCount).filter { $0 != k })
    }

    /// Block k alone.
    static func experiment(_ k: Int, of blocks: NoiseBlocks) -> NoiseBlocks { NoiseBlocks(blocks, keeping: [k]) }

    var count: Int { effects.count }
    /// Whether every block is diagonal plus at most the shared control's term.
    var isRankOne: Bool { scaleNoise.isEmpty }
    var blockCount: Int { offsets.count - 1 }
    func range(_ k: Int) -> Range<Int> { offsets[k]..<offsets[k + 1] }
}
