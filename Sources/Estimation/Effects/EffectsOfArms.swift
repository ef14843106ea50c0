internal import LinearAlgebra
internal import Probability

extension TreatmentEffects {
    /// Effects of arms against their experiment's control.
    ///
    /// With D_c = diag(ȳ_c), D_t = diag(ȳ_t), s_c the control units' standard deviations and ρ their correlations:
    ///
    /// | scale | τ̂ | S | T | R |
    /// | --- | --- | --- | --- | --- |
    /// | difference | ȳ_t − ȳ_c | Ω̂_c/n_c | Ω̂_t/n_t | 1 |
    /// | relative | ȳ_t/ȳ_c − 1 | D_c⁻¹Ω̂_cD_c⁻¹/n_c | D_c⁻¹Ω̂_tD_c⁻¹/n_t | ȳ_t/ȳ_c |
    /// | logRatio | log(ȳ_t/ȳ_c) | D_c⁻¹Ω̂_cD_c⁻¹/n_c | D_t⁻¹Ω̂_tD_t⁻¹/n_t | 1 |
    /// | standardised | (ȳ_t − ȳ_c)/s_c | ρ/n_c | s_c⁻¹Ω̂_ts_c⁻¹/n_t | 1 |
    ///
    /// and on the standardised scale S′ = ρ∘ρ/(2(n_c − 1)), exact in the limit for normal units (for one metric this is
    /// V_ij = 1/n_c + d_i d_j/(2(n_c − 1)) + 1[i=j] s_i²/(s_c² n_i)). Delta method, first order.
    ///
    /// - Throws: on relative and logRatio `controlMeanNearZero` within 3 standard errors of 0; on logRatio
    ///   `ratioNotPositive`; on standardised `zeroControlVariance`; `tooFewExperiments` without any.
    package init(of moments: ArmMoments, scale: EffectScale = .difference) throws(EstimationError) {
        self.init(metrics: moments.metrics, scale: scale)
        guard moments.experimentCount > 0 else { throw .tooFewExperiments(needed: 1, found: 0) }
        experiments = moments.experiments
        reserve(moments)
        var counts = Counts()
        counts.treatment.reserveCapacity(moments.effectCount)
        counts.control.reserveCapacity(moments.experimentCount)
        if scale == .relative { multipliers = [] }
        if scale == .standardised { scaleNoise = [] }
        for k in 0..<moments.experimentCount {
            let arms = moments.arms(of: k)
            let control = arms.lowerBound
            counts.control.append(moments.counts[control])
            let units = try unitScales(of: moments, experiment: k, control: control)
            TreatmentEffects.append(moments, control, scales: units, to: &shared)
            if scale == .standardised { appendScaleNoise(moments, control, scales: units) }
            for arm in arms.dropFirst() {
                counts.treatment.append(moments.counts[arm])
                self.arms.append(moments.armNames[arm])
                experimentIndices.append(k)
                let own = try appendEffect(moments, arm: arm, control: control, experiment: k, scales: units)
                TreatmentEffects.append(moments, arm, scales: own, to: &self.own)
            }
            offsets.append(self.arms.count)
        }
        self.counts = counts
    }

    private mutating func reserve(_ moments: ArmMoments) {
        let (count, experiments) = (moments.effectCount, moments.experimentCount)
        arms.reserveCapacity(count)
        offsets.reserveCapacity(experiments + 1)
        experimentIndices.reserveCapacity(count)
        values.reserveCapacity(count * order)
        own.reserveCapacity(count * packedOrder)
        shared.reserveCapacity(experiments * packedOrder)
    }

    /// What the control's units are divided by on this scale, one for every metric.
    private func unitScales(
        of moments: ArmMoments, experiment: Int, control: Int
    ) throws(EstimationError) -> [Double] {
        var scales = Array(repeating: 1.0, count: order)
        guard scale != .difference else { return scales }
        for m in 0..<order {
            let variance = moments.covariances[control * packedOrder + PackedSymmetric.index(m, m)]
            if scale == .standardised {
                guard variance > 0 else {
                    throw .zeroControlVariance(experiment: moments.experiments[experiment], metric: metrics[m])
                }
                scales[m] = variance.squareRoot()
            } else {
                let mean = moments.means[control * order + m]
                let error = (variance / Double(moments.counts[control])).squareRoot()
                guard mean.magnitude > 3 * error else {
                    throw .controlMeanNearZero(
                        experiment: moments.experiments[experiment], metric: metrics[m], mean: mean,
                        standardError: error)
                }
                scales[m] = mean
            }
        }
        return scales
    }

    /// Appends τ̂ and R of an arm; returns what its own units are divided by.
    private mutating func appendEffect(
        _ moments: ArmMoments, arm: Int, control: Int, experiment: Int, scales: [Double]
    ) throws(EstimationError) -> [Double] {
        var own = scales
        for m in 0..<order {
            let treated = moments.means[arm * order + m]
            let base = moments.means[control * order + m]
            switch scale {
            case .difference, .standardised: values.append((treated - base) / scales[m])
            case .relative:
                values.append((treated - base) / base)
                multipliers?.append(treated / base)
            case .logRatio:
                guard treated / base > 0 else {
                    throw .ratioNotPositive(
                        experiment: moments.experiments[experiment], arm: moments.armNames[arm], metric: metrics[m])
                }
                values.append(Elementary.log1p((treated - base) / base))
                own[m] = treated
            }
        }
        return own
    }

    /// Appends an arm's scaled unit covariance over its count.
    private static func append(
        _ moments: ArmMoments, _ arm: Int, scales: [Double], to target: inout [Double]
    ) {
        let count = Double(moments.counts[arm])
        var position = arm * moments.packedOrder
        for a in 0..<moments.order {
            for b in 0...a {
                target.append(moments.covariances[position] / (scales[a] * scales[b]) / count)
                position += 1
            }
        }
    }

    private mutating func appendScaleNoise(_ moments: ArmMoments, _ control: Int, scales: [Double]) {
        let divisor = 2 * Double(moments.counts[control] - 1)
        var position = control * packedOrder
        for a in 0..<order {
            for b in 0...a {
                let correlation = moments.covariances[position] / (scales[a] * scales[b])
                scaleNoise?.append(correlation * correlation / divisor)
                position += 1
            }
        }
    }
}
