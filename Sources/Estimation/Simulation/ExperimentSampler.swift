internal import LinearAlgebra
package import Probability

/// Draws a data set experiment by experiment: every arm's means and covariance matrix, as units would give them.
///
/// The means and Ω̂_a of n normal units are independent, Normal(·, Ω/n) and Wishart(n − 1, Ω)/(n − 1), so no unit is
/// drawn: the cost is linear in arms. Made once and used by one thread; a draw overwrites the one before.
package final class ExperimentSampler {
    package let design: SimulationDesign
    package let noise: SimulatedNoise
    let layout: SufficientStatistics
    let order: Int
    let packed: Int
    private let effects: NormalSampler
    private let armNoise: NormalSampler
    private let covariance: WishartSampler
    private let memory: UnsafeMutablePointer<Double>
    /// K(m + 1) × G, the control of an experiment before its treatments.
    let means: UnsafeMutablePointer<Double>
    /// K(m + 1) × G(G + 1)/2.
    let covariances: UnsafeMutablePointer<Double>
    let scratch: UnsafeMutablePointer<Double>
    /// Names and counts, which all data sets share.
    private let template: TreatmentEffects

    package init(_ design: SimulationDesign, noise: SimulatedNoise) {
        self.design = design
        self.noise = noise
        order = design.order
        packed = PackedSymmetric.count(order: design.order)
        layout = SufficientStatistics(design)
        let units = Double(design.unitsPerArm)
        effects = ExperimentSampler.effectSampler(design)
        armNoise = NormalSampler(covariance: design.unitCovariance / units)
        covariance = WishartSampler(
            degreesOfFreedom: units - 1, covariance: design.unitCovariance, scale: 1 / (units - 1))
        template = ExperimentSampler.template(design)
        let arms = design.experiments * (design.arms + 1)
        let normals = 2 * ExperimentSampler.run * ((design.arms + 1) * order + design.arms * effects.order)
        let scratchCount = max(normals, WishartSampler.runScratchCount(order: order))
        memory = .allocate(capacity: arms * (order + packed) + scratchCount)
        memory.initialize(repeating: 0, count: arms * (order + packed) + scratchCount)
        means = memory
        covariances = means + arms * order
        scratch = covariances + arms * packed
        guard noise == .known else { return }
        let known = PackedSymmetric.pack(design.unitCovariance)
        for arm in 0..<arms { for p in 0..<packed { covariances[arm * packed + p] = known[p] } }
    }

    deinit { memory.deallocate() }

    /// Of τ, or without direct effects of τ_S.
    private static func effectSampler(_ design: SimulationDesign) -> NormalSampler {
        guard !design.hasDirectEffects else {
            return NormalSampler(mean: design.mean, covariance: design.effectCovariance)
        }
        let proxies = Array(1..<design.order)
        return NormalSampler(
            mean: Array(design.mean.dropFirst()),
            covariance: design.effectCovariance.submatrix(rows: proxies, columns: proxies))
    }

    private static func template(_ design: SimulationDesign) -> TreatmentEffects {
        var effects = TreatmentEffects(metrics: design.metrics, scale: .difference)
        let arms = (0..<design.arms).map { "\($0 + 1)" }
        var counts = TreatmentEffects.Counts()
        for k in 0..<design.experiments {
            effects.experiments.append("\(k + 1)")
            effects.arms += arms
            effects.offsets.append(effects.arms.count)
            for _ in arms { effects.experimentIndices.append(k) }
        }
        counts.control = Array(repeating: design.unitsPerArm, count: design.experiments)
        counts.treatment = Array(repeating: design.unitsPerArm, count: effects.arms.count)
        effects.counts = counts
        return effects
    }

    /// Draws the next data set: every experiment's means, then all covariances.
    package func draw(_ cursor: inout RandomCursor) {
        let size = normalsPerExperiment
        let (normals, rest) = (scratch, scratch + ExperimentSampler.run * size)
        var mean = means
        for first in stride(from: 0, to: design.experiments, by: ExperimentSampler.run) {
            let count = min(ExperimentSampler.run, design.experiments - first)
            cursor.normals(into: normals, count: count * size, scratch: rest)
            for k in 0..<count {
                place(normals + k * size, into: mean)
                mean += (design.arms + 1) * order
            }
        }
        guard noise == .estimated else { return }
        covariance.draws(
            &cursor, into: covariances, count: design.experiments * (design.arms + 1), scratch: scratch)
    }

    /// How many experiments are drawn at a time.
    private static let run = 32
    /// G for every arm's noise, and G or p for every treatment's effect.
    private var normalsPerExperiment: Int { (design.arms + 1) * order + design.arms * effects.order }

    /// The means of one experiment's arms from its standard normals.
    private func place(_ normals: UnsafePointer<Double>, into control: UnsafeMutablePointer<Double>) {
        var z = normals
        armNoise.transform(z, into: control)
        z += order
        var mean = control
        for _ in 0..<design.arms {
            mean += order
            placeEffect(z, into: mean)
            z += effects.order
            armNoise.transform(z, into: mean, isAdded: true)
            z += order
        }
    }

    private func placeEffect(_ z: UnsafePointer<Double>, into target: UnsafeMutablePointer<Double>) {
        guard !design.hasDirectEffects else { return effects.transform(z, into: target) }
        effects.transform(z, into: target + 1)
        target[0] = 0
        for (index, coefficient) in design.coefficients.enumerated() { target[0] += coefficient * target[index + 1] }
    }

    /// The data set's effects, with the noise that estimators are told or estimate.
    package func treatmentEffects() -> TreatmentEffects {
        var effects = template
        let units = Double(design.unitsPerArm)
        effects.values.reserveCapacity(effects.count * order)
        effects.shared.reserveCapacity(effects.experimentCount * packed)
        effects.own.reserveCapacity(effects.count * packed)
        for k in 0..<design.experiments {
            let control = k * (design.arms + 1)
            for p in 0..<packed { effects.shared.append(covariances[control * packed + p] / units) }
            for arm in (control + 1)..<(control + 1 + design.arms) {
                for m in 0..<order { effects.values.append(means[arm * order + m] - means[control * order + m]) }
                for p in 0..<packed { effects.own.append(covariances[arm * packed + p] / units) }
            }
        }
        return effects
    }

    /// The data set's arms. Controls' true means are 0.
    ///
    /// - Throws: what `ArmMoments.append` throws.
    package func armMoments() throws(EstimationError) -> ArmMoments {
        var moments = try ArmMoments(metrics: design.metrics)
        for k in 0..<design.experiments {
            let arms = (0...design.arms).map { index in
                let arm = k * (design.arms + 1) + index
                let matrix = Array(UnsafeBufferPointer(start: covariances + arm * packed, count: packed))
                return Arm(
                    name: "\(index)", count: design.unitsPerArm,
                    mean: Array(UnsafeBufferPointer(start: means + arm * order, count: order)),
                    covariance: PackedSymmetric.unpack(matrix, order: order))
            }
            try moments.append(experiment: "\(k + 1)", control: arms[0], treatments: Array(arms.dropFirst()))
        }
        return moments
    }
}
