package import LinearAlgebra

/// An effect that was estimated elsewhere, with its noise in two parts.
package struct EffectEstimate: Sendable, Equatable {
    package var experiment: String
    package var arm: String
    /// One for every metric.
    package var effect: [Double]
    /// The part of its sampling covariance that is the treatment arm's own.
    package var own: Matrix
    /// The part from the control, which all effects of the experiment share; zero where there is none.
    package var control: Matrix
    /// How strongly the control's noise enters each metric; nil means 1 (on the relative scale ȳ_t/ȳ_c).
    package var multiplier: [Double]?

    package init(
        experiment: String, arm: String, effect: [Double], own: Matrix, control: Matrix? = nil,
        multiplier: [Double]? = nil
    ) {
        self.experiment = experiment
        self.arm = arm
        self.effect = effect
        self.own = own
        self.control = control ?? Matrix(rows: own.rows, columns: own.columns)
        self.multiplier = multiplier
    }

    /// An effect on one metric from the sampling variances of the two arm means.
    package init(
        experiment: String, arm: String, effect: Double, treatmentVariance: Double, controlVariance: Double = 0,
        multiplier: Double? = nil
    ) {
        self.init(
            experiment: experiment, arm: arm, effect: [effect],
            own: Matrix(rows: 1, columns: 1, repeating: treatmentVariance),
            control: Matrix(rows: 1, columns: 1, repeating: controlVariance), multiplier: multiplier.map { [$0] })
    }
}

extension TreatmentEffects {
    /// Effects that were estimated elsewhere; experiments stand in the order of their first effect.
    ///
    /// There are no counts then, so estimators that pool the covariance of units throw `needsCounts`.
    /// - Throws: `wrongShape`, `notFinite`, `invalidCovariance` (a negative variance), `controlsDisagree` where effects
    ///   of one experiment state different control covariances, `tooFewExperiments` without any.
    package init(
        metrics: [String], estimates: [EffectEstimate], scale: EffectScale = .difference
    ) throws(EstimationError) {
        _ = try ArmMoments(metrics: metrics)
        self.init(metrics: metrics, scale: scale)
        guard !estimates.isEmpty else { throw .tooFewExperiments(needed: 1, found: 0) }
        var groups: [String: Int] = [:]
        var members: [[EffectEstimate]] = []
        for estimate in estimates {
            try check(estimate)
            if let group = groups[estimate.experiment] {
                guard members[group][0].control == estimate.control else {
                    throw .controlsDisagree(experiment: estimate.experiment)
                }
                members[group].append(estimate)
            } else {
                groups[estimate.experiment] = members.count
                experiments.append(estimate.experiment)
                members.append([estimate])
            }
        }
        let ones = Array(repeating: 1.0, count: order)
        if estimates.contains(where: { $0.multiplier != nil }) { multipliers = [] }
        for (k, group) in members.enumerated() {
            shared += PackedSymmetric.pack(group[0].control)
            for estimate in group {
                arms.append(estimate.arm)
                experimentIndices.append(k)
                values += estimate.effect
                own += PackedSymmetric.pack(estimate.own)
                multipliers?.append(contentsOf: estimate.multiplier ?? ones)
            }
            offsets.append(arms.count)
        }
    }

    private func check(_ estimate: EffectEstimate) throws(EstimationError) {
        let (experiment, arm) = (estimate.experiment, estimate.arm)
        let sizes = [
            estimate.effect.count, estimate.own.rows, estimate.own.columns, estimate.control.rows,
            estimate.control.columns, estimate.multiplier?.count ?? order,
        ]
        for found in sizes where found != order {
            throw .wrongShape(experiment: experiment, arm: arm, expected: order, found: found)
        }
        for m in 0..<order {
            let numbers =
                [estimate.effect[m], estimate.multiplier?[m] ?? 1] + estimate.own.row(m) + estimate.control.row(m)
            guard numbers.allSatisfy(\.isFinite) else {
                throw .notFinite(experiment: experiment, arm: arm, metric: metrics[m])
            }
            guard estimate.own[m, m] >= 0, estimate.control[m, m] >= 0 else {
                throw .invalidCovariance(experiment: experiment, arm: arm, metric: metrics[m])
            }
        }
    }
}
