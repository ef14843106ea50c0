internal import LinearAlgebra
package import Probability

/// Folds of units drawn back out of arms' moments, where the units themselves are not at hand.
///
/// The mean of an arm, with noise covariance S, is cut into K fold means x_f = ȳ + √K L(z_f − z̄), LLᵀ = S, z_f standard
/// normal. Then Σ_f x_f/K = ȳ exactly, and where ȳ is normal with known S, Cov(x_f, x_g) = 1[f=g] KS: the law of means of
/// independent folds. Controls are cut once for all their arms, so what arms share stays shared. On the relative scale the
/// noise enters as in V, to first order: τ̂⁽ᶠ⁾ = τ̂ + d_t − R d_c. The effects to decide on have covariance VK/(K − 1).
/// Sources: Rasines and Young, Biometrika 110(3), 2023; Neufeld, Dharamshi, Gao and Witten, JMLR 25, 2024.
package struct MomentFolds: FoldSource {
    package let effects: TreatmentEffects
    package let folds: Int
    package let repeats: Int
    private let stream: RandomStream
    /// √K L of each control, of each arm, and of each control's standard deviations, packed.
    private var sharedRoots: [Double] = []
    private var ownRoots: [Double] = []
    private var scaleRoots: [Double]?

    /// - Throws: `tooFewFolds`, `tooManyFolds`, `noiseNotSemidefinite`.
    package init(
        _ effects: TreatmentEffects, folds: Int, repeats: Int, stream: RandomStream
    ) throws(EstimationError) {
        guard folds >= 2, repeats >= 1 else { throw .tooFewFolds(folds: folds, repeats: repeats) }
        try effects.requireUnits(folds: folds)
        self.effects = effects
        self.folds = folds
        self.repeats = repeats
        self.stream = stream
        let scale = Double(folds).squareRoot()
        for k in 0..<effects.experimentCount {
            sharedRoots += try MomentFolds.root(effects.shared, k, effects, (k, "control")).map { $0 * scale }
        }
        for j in 0..<effects.count {
            let place = (effects.experimentIndices[j], effects.arms[j])
            ownRoots += try MomentFolds.root(effects.own, j, effects, place).map { $0 * scale }
        }
        if let noise = effects.scaleNoise {
            var roots: [Double] = []
            for k in 0..<effects.experimentCount {
                roots += try MomentFolds.root(noise, k, effects, (k, "control")).map { $0 * scale }
            }
            scaleRoots = roots
        }
    }

    package func splits(_ number: Int) -> [FoldSplit] {
        let deciding = Array(repeating: effects.values, count: folds)
        var values = (deciding: deciding, scoring: deciding)
        let order = effects.order
        for k in 0..<effects.experimentCount {
            let shared = deviations(number, slot: effects.controlSlot(k), sharedRoots, at: k)
            let scale = scaleRoots.map {
                deviations(number, slot: effects.slotCount + k, $0, at: k)
            }
            for j in effects.effects(of: k) {
                let own = deviations(number, slot: effects.slot(j), ownRoots, at: j)
                for f in 0..<folds {
                    for m in 0..<order {
                        let p = f * order + m
                        var deviation = own[p] - effects.multiplier(j, m) * shared[p]
                        if let scale { deviation -= effects.value(j, m) * scale[p] }
                        values.scoring[f][j * order + m] += deviation
                        values.deciding[f][j * order + m] -= deviation / Double(folds - 1)
                    }
                }
            }
        }
        let (more, less) = (Double(folds), Double(folds) / Double(folds - 1))
        return (0..<folds).map { f in
            FoldSplit(
                deciding: effects.with(values: values.deciding[f], noiseTimes: less),
                scoring: effects.with(values: values.scoring[f], noiseTimes: more))
        }
    }

    /// √K L(z_f − z̄) of one arm, fold by fold.
    private func deviations(_ number: Int, slot: Int, _ roots: [Double], at index: Int) -> [Double] {
        let order = effects.order
        let slots = effects.slotCount + effects.experimentCount
        let start = (number * slots + slot) * folds * order
        var normals = (0..<folds * order).map { stream.normal(start + $0) }
        for m in 0..<order {
            var mean = 0.0
            for f in 0..<folds { mean += normals[f * order + m] / Double(folds) }
            for f in 0..<folds { normals[f * order + m] -= mean }
        }
        var result = Array(repeating: 0.0, count: folds * order)
        let root = index * effects.packedOrder
        for f in 0..<folds {
            for a in 0..<order {
                for b in 0...a {
                    result[f * order + a] += roots[root + PackedSymmetric.index(a, b)] * normals[f * order + b]
                }
            }
        }
        return result
    }

    /// The packed L with LLᵀ the packed matrix number `index`; a column of zeros where a pivot is zero.
    private static func root(
        _ packed: [Double], _ index: Int, _ effects: TreatmentEffects, _ place: (experiment: Int, arm: String)
    ) throws(EstimationError) -> [Double] {
        let start = index * effects.packedOrder
        var lower = Array(packed[start..<start + effects.packedOrder])
        for j in 0..<effects.order {
            let diagonal = lower[PackedSymmetric.index(j, j)]
            var pivot = diagonal
            for k in 0..<j { pivot -= lower[PackedSymmetric.index(j, k)] * lower[PackedSymmetric.index(j, k)] }
            guard pivot >= -1e-9 * diagonal.magnitude else {
                throw .noiseNotSemidefinite(experiment: effects.experiments[place.experiment], arm: place.arm)
            }
            let root = pivot > 1e-12 * diagonal ? pivot.squareRoot() : 0
            lower[PackedSymmetric.index(j, j)] = root
            for i in (j + 1)..<max(effects.order, j + 1) {
                var sum = lower[PackedSymmetric.index(i, j)]
                for k in 0..<j { sum -= lower[PackedSymmetric.index(i, k)] * lower[PackedSymmetric.index(j, k)] }
                lower[PackedSymmetric.index(i, j)] = root > 0 ? sum / root : 0
            }
        }
        return lower
    }
}

extension TreatmentEffects {
    /// The same arms with other effects and all noise times a factor; without counts, which no longer fit.
    func with(values: [Double], noiseTimes factor: Double) -> TreatmentEffects {
        var result = self
        result.values = values
        result.shared = shared.map { $0 * factor }
        result.own = own.map { $0 * factor }
        result.scaleNoise = scaleNoise.map { $0.map { $0 * factor } }
        result.counts = nil
        return result
    }
}
