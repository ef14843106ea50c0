package import Probability

/// Folds of the units themselves, told one after another.
///
/// Every arm's units are dealt to the folds at random without replacement, K at a time, so folds of an arm differ by at most
/// one unit; which fold a unit falls into depends on its place among its arm's units, the seed and the cut's number alone.
package struct UnitFolds: FoldSource {
    private let effects: TreatmentEffects
    package let folds: Int
    package let repeats: Int
    private let stream: RandomStream
    private var counts: [Int]
    /// The folds that the present deal has left, by slot and cut.
    private var left: [[Int]]
    /// By slot, cut and fold.
    private var moments: [MomentAccumulator]

    /// - Parameter effects: The experiments and arms, in order; their values are not used.
    /// - Throws: `tooFewFolds`.
    package init(
        arms effects: TreatmentEffects, folds: Int, repeats: Int, stream: RandomStream
    ) throws(EstimationError) {
        guard folds >= 2, repeats >= 1 else { throw .tooFewFolds(folds: folds, repeats: repeats) }
        self.effects = effects
        self.folds = folds
        self.repeats = repeats
        self.stream = stream
        counts = Array(repeating: 0, count: effects.slotCount)
        left = Array(repeating: [], count: effects.slotCount * repeats)
        moments = Array(
            repeating: MomentAccumulator(metrics: effects.order), count: effects.slotCount * repeats * folds)
    }

    /// Adds one unit to an arm, by the arm's slot in the effects; `unit` has one value for every metric.
    package mutating func add(_ unit: [Double], slot: Int) {
        for number in 0..<repeats {
            let place = slot * repeats + number
            if left[place].isEmpty { left[place] = Array(0..<folds) }
            let draw = (number * effects.slotCount + slot) << 32 | counts[slot]
            let fold = left[place].remove(at: stream.integer(draw, below: left[place].count))
            moments[place * folds + fold].add(unit)
        }
        counts[slot] += 1
    }

    package func splits(_ number: Int) throws(EstimationError) -> [FoldSplit] {
        var splits: [FoldSplit] = []
        for fold in 0..<folds {
            splits.append(
                FoldSplit(
                    deciding: try estimated(number) { $0 != fold }, scoring: try estimated(number) { $0 == fold }))
        }
        return splits
    }

    /// The effects over the units of some folds.
    private func estimated(_ number: Int, _ includes: (Int) -> Bool) throws(EstimationError) -> TreatmentEffects {
        var result = try ArmMoments(metrics: effects.metrics)
        result.reserveCapacity(experiments: effects.experimentCount, arms: effects.slotCount)
        for k in 0..<effects.experimentCount {
            let experiment = effects.experiments[k]
            func arm(_ slot: Int, _ name: String) throws(EstimationError) -> Arm {
                guard counts[slot] >= 2 * folds else {
                    throw .tooManyFolds(folds: folds, experiment: experiment, arm: name, count: counts[slot])
                }
                var merged = MomentAccumulator(metrics: effects.order)
                let start = (slot * repeats + number) * folds
                for fold in 0..<folds where includes(fold) { merged.merge(moments[start + fold]) }
                guard let arm = merged.arm(named: name) else {
                    throw .tooManyFolds(folds: folds, experiment: experiment, arm: name, count: counts[slot])
                }
                return arm
            }
            let control = try arm(effects.controlSlot(k), "control")
            var treatments: [Arm] = []
            for j in effects.effects(of: k) { treatments.append(try arm(effects.slot(j), effects.arms[j])) }
            try result.append(experiment: experiment, control: control, treatments: treatments)
        }
        return try TreatmentEffects(of: result, scale: effects.scale)
    }
}
