internal import LinearAlgebra
internal import Probability

/// δ ~ Normal(Xβ, B), B = Σ + τ²I + σ²⊕11ᵀ, experiment by experiment, in a form in which every block is a diagonal and at
/// most three rank-one terms.
///
/// Where Σ_k is given whole, its block is turned by its eigenvectors once: UᵀΣ_kU + τ²I is diagonal at every τ², and 1 and
/// the other columns of X become Uᵀ times themselves. Effects are residuals of ordinary least squares in a unit near
/// their noise, a power of two, so that neither their place nor their scale costs digits.
struct EffectModel: Sendable {
    /// The number in the data of each effect that is used.
    let indices: [Int]
    /// The experiment of each block.
    let experiments: [Int]
    let offsets: [Int]
    /// What effects are divided by.
    let unit: Double
    /// p.
    let columnCount: Int
    /// X by rows, turned; empty where it is a column of ones.
    let design: [Double]
    /// Residuals, turned.
    let effects: [Double]
    /// Effects less their mean, for Sidik and Jonkman's start.
    let centred: [Double]
    /// What was taken off: effects = δ − Xβ₀.
    let offset: [Double]
    /// s²_t, the whole variance where a block shares nothing, or eigenvalues.
    let own: [Double]
    /// s²_c by block and u by effect; empty where nothing is shared. u is empty where all are 1.
    let shared: [Double]
    let multipliers: [Double]
    /// s′² by block and d by effect; empty off the standardised scale.
    let scaleNoise: [Double]
    let scaleMultipliers: [Double]
    /// U of blocks that were turned; empty where none was.
    let rotations: [Matrix?]

    var count: Int { effects.count }
    var blockCount: Int { offsets.count - 1 }
    func range(_ k: Int) -> Range<Int> { offsets[k]..<offsets[k + 1] }

    /// - Throws: `zeroNoise`, `singularCovariance`.
    init(
        _ data: MetaAnalysisData, _ correlation: EffectCorrelation, indices: [Int], design: Design
    ) throws(EstimationError) {
        self.indices = indices
        columnCount = design.columnCount
        let isDrawn = correlation == .onePerExperiment
        offsets = isDrawn ? Array(0...indices.count) : data.offsets
        experiments = Array(0..<data.experimentCount)
        let unit = EffectModel.unit(of: data)
        self.unit = unit
        func squared(_ variance: Double) -> Double { variance / unit / unit }
        let scaled = indices.map { data.effects[$0] / unit }
        let mean = SampleMoments.mean(scaled)
        centred = scaled.map { $0 - mean }
        var residuals = centred
        (offset, residuals) = EffectModel.project(residuals, design, mean: mean)
        var rows = design.rows
        let isCorrelated = experiments.map { !isDrawn && correlation == .sharedControl && data.isCorrelated($0) }
        var own = indices.map { j in
            squared(isCorrelated[data.experimentIndices[j]] ? data.own[j] : data.variance(j))
        }
        var rotations: [Matrix?] = []
        if let covariances = data.covariances, isCorrelated.contains(true) {
            rotations = Array(repeating: nil, count: experiments.count)
            if rows.isEmpty { rows = Array(repeating: 1, count: indices.count) }
            var start = 0
            for k in experiments {
                let range = data.offsets[k]..<data.offsets[k + 1]
                defer { start += PackedSymmetric.count(order: range.count) }
                guard isCorrelated[k] else { continue }
                let block = PackedSymmetric.unpack(covariances, at: start, order: range.count) / unit / unit
                let eigen = try EffectModel.eigen(block, experiment: data.experiments[k])
                own.replaceSubrange(range, with: eigen.values)
                let turn = eigen.vectors.transposed
                residuals.replaceSubrange(range, with: turn * Array(residuals[range]))
                EffectModel.turn(&rows, range, columns: design.columnCount, turn)
                rotations[k] = eigen.vectors
            }
        }
        for (j, variance) in own.enumerated() where !(variance > 0) {
            throw .zeroNoise(
                experiment: data.experiments[data.experimentIndices[indices[j]]], arm: data.arms[indices[j]])
        }
        self.own = own
        self.rotations = rotations
        self.design = rows
        effects = residuals
        if data.covariances == nil, isCorrelated.contains(true) {
            shared = zip(data.shared, isCorrelated).map { $1 ? squared($0) : 0 }
            multipliers = data.multipliers ?? []
            scaleNoise = (data.scaleNoise ?? []).enumerated().map { isCorrelated[$0] ? $1 : 0 }
            scaleMultipliers = data.scaleNoise == nil ? [] : data.effects.map { $0 / unit }
        } else {
            (shared, multipliers, scaleNoise, scaleMultipliers) = ([], [], [], [])
        }
    }

    /// All blocks but block k.
    init(_ model: EffectModel, without k: Int) {
        let range = model.range(k)
        func cut(_ values: [Double], width: Int = 1) -> [Double] {
            var result = values
            if !result.isEmpty { result.removeSubrange(range.lowerBound * width..<range.upperBound * width) }
            return result
        }
        func cutBlock<Element>(_ values: [Element]) -> [Element] {
            var result = values
            if !result.isEmpty { result.remove(at: k) }
            return result
        }
        var members = model.indices
        members.removeSubrange(range)
        indices = members
        experiments = cutBlock(model.experiments)
        offsets = model.offsets.prefix(k + 1) + model.offsets.dropFirst(k + 2).map { $0 - range.count }
        (unit, columnCount, offset) = (model.unit, model.columnCount, model.offset)
        design = cut(model.design, width: model.columnCount)
        (effects, centred, own) = (cut(model.effects), cut(model.centred), cut(model.own))
        (shared, scaleNoise) = (cutBlock(model.shared), cutBlock(model.scaleNoise))
        (multipliers, scaleMultipliers) = (cut(model.multipliers), cut(model.scaleMultipliers))
        rotations = cutBlock(model.rotations)
    }
}

extension EffectModel {
    /// The power of two at the middle of the noises' orders of magnitude.
    private static func unit(of data: MetaAnalysisData) -> Double {
        var sum = 0
        for j in 0..<data.count { sum += Int(data.variance(j).exponent) }
        return Double(sign: .plus, exponent: sum / max(1, data.count) / 2, significand: 1)
    }

    /// Ordinary least squares: its coefficients, and what it leaves of centred effects.
    private static func project(
        _ centred: [Double], _ design: Design, mean: Double
    ) -> (offset: [Double], residuals: [Double]) {
        let p = design.columnCount
        var offset = Array(repeating: 0.0, count: p)
        offset[0] = mean
        guard p > 1 else { return (offset, centred) }
        var gram = Matrix(rows: p, columns: p)
        var right = Array(repeating: 0.0, count: p)
        for (j, effect) in centred.enumerated() {
            for a in 0..<p {
                right[a] += design.rows[j * p + a] * effect
                for b in 0..<p { gram[a, b] += design.rows[j * p + a] * design.rows[j * p + b] }
            }
        }
        guard let factor = try? Cholesky(gram) else { return (offset, centred) }
        let beta = factor.solve(right)
        var residuals = centred
        for j in residuals.indices {
            for a in 0..<p { residuals[j] -= design.rows[j * p + a] * beta[a] }
        }
        return (zip(offset, beta).map { $0 + $1 }, residuals)
    }

    private static func eigen(_ block: Matrix, experiment: String) throws(EstimationError) -> SymmetricEigen {
        guard let eigen = try? SymmetricEigen(block), let least = eigen.values.first, let most = eigen.values.last
        else {
            throw .noConvergence(method: "The eigenvalues of a covariance")
        }
        guard least > -1e-12 * most else { throw .indefiniteNoise(experiment: experiment) }
        guard least > 1e-14 * most else { throw .singularCovariance(experiment: experiment) }
        return eigen
    }

    /// Uᵀ times the rows of a block.
    private static func turn(_ rows: inout [Double], _ range: Range<Int>, columns: Int, _ turn: Matrix) {
        for a in 0..<columns {
            let turned = turn * range.map { rows[$0 * columns + a] }
            for (i, j) in range.enumerated() { rows[j * columns + a] = turned[i] }
        }
    }
}
