/// One set of effects to decide on and one, with independent noise, to score on; arms in one order.
package struct FoldSplit: Sendable {
    package let deciding: TreatmentEffects
    package let scoring: TreatmentEffects
}

/// Experiments cut into folds of units, once or several times.
package protocol FoldSource: Sendable {
    /// K, at least two.
    var folds: Int { get }
    var repeats: Int { get }
    /// All folds of one cut: each in turn is scored on, the others decide.
    func splits(_ number: Int) throws(EstimationError) -> [FoldSplit]
}

extension TreatmentEffects {
    /// Arms in one row: experiment k's control at `offsets[k] + k`, its effects behind it.
    package func controlSlot(_ experiment: Int) -> Int { offsets[experiment] + experiment }
    package func slot(_ effect: Int) -> Int { effect + experimentIndices[effect] + 1 }
    package var slotCount: Int { count + experimentCount }

    /// - Throws: `tooManyFolds` where an arm has fewer than two units a fold.
    func requireUnits(folds: Int) throws(EstimationError) {
        guard let counts else { return }
        for k in 0..<experimentCount {
            var sizes = [(name: "control", count: counts.control[k])]
            sizes += effects(of: k).map { (arms[$0], counts.treatment[$0]) }
            for arm in sizes where arm.count < 2 * folds {
                throw .tooManyFolds(folds: folds, experiment: experiments[k], arm: arm.name, count: arm.count)
            }
        }
    }
}
