internal import LinearAlgebra
internal import Parallelism
internal import Probability

extension TreatmentEffects {
    /// Effects of arms against their experiment's control.
    ///
    /// With D_c = diag(ȳ_c), D_t = diag(ȳ_t), s_c the control units' standard deviations and ρ their correlations:
    ///
    /// Means are relative to the experiment's origins, which cancel in differences and are added where a level is needed.
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
        takeNames(of: moments)
        let units = try unitScales(of: moments)
        let order = order
        values = filled(order, over: moments) { arm, control, experiment, target in
            for m in 0..<order {
                let difference = moments.means[arm * order + m] - moments.means[control * order + m]
                target[m] =
                    switch scale {
                    case .difference: difference
                    case .standardised, .relative: difference / units[experiment * order + m]
                    case .logRatio: Elementary.log1p(difference / units[experiment * order + m])
                    }
            }
        }
        if scale == .relative {
            multipliers = filled(order, over: moments) { arm, _, experiment, target in
                for m in 0..<order {
                    target[m] =
                        (moments.means[arm * order + m] + moments.origin(of: experiment, m))
                        / units[experiment * order + m]
                }
            }
        }
        shared = covariances(of: moments, scales: units)
        if scale == .standardised { scaleNoise = TreatmentEffects.scaleNoise(shared, moments) }
        let packed = packedOrder
        own = filled(packed, over: moments) { arm, _, experiment, target in
            let count = Double(moments.counts[arm])
            if scale == .difference {
                for p in 0..<packed { target[p] = moments.covariances[arm * packed + p] / count }
                return
            }
            // What the arm's units are divided by.
            func unit(_ m: Int) -> Double {
                scale == .logRatio
                    ? moments.means[arm * order + m] + moments.origin(of: experiment, m)
                    : units[experiment * order + m]
            }
            var p = 0
            for a in 0..<order {
                for b in 0..<(a + 1) {
                    target[p] = moments.covariances[arm * packed + p] / (unit(a) * unit(b)) / count
                    p += 1
                }
            }
        }
    }

    private mutating func takeNames(of moments: ArmMoments) {
        experiments = moments.experiments
        let count = moments.effectCount
        var counts = Counts()
        arms.reserveCapacity(count)
        offsets.reserveCapacity(moments.experimentCount + 1)
        experimentIndices.reserveCapacity(count)
        counts.treatment.reserveCapacity(count)
        counts.control.reserveCapacity(moments.experimentCount)
        for k in 0..<moments.experimentCount {
            let range = moments.arms(of: k)
            counts.control.append(moments.counts[range.lowerBound])
            for arm in range.dropFirst() {
                counts.treatment.append(moments.counts[arm])
                arms.append(moments.armNames[arm])
                experimentIndices.append(k)
            }
            offsets.append(arms.count)
        }
        self.counts = counts
    }

    /// What the control's units are divided by on this scale, K × G; empty on `difference`.
    private func unitScales(of moments: ArmMoments) throws(EstimationError) -> [Double] {
        guard scale != .difference else { return [] }
        var scales: [Double] = []
        scales.reserveCapacity(moments.experimentCount * order)
        for k in 0..<moments.experimentCount {
            let arms = moments.arms(of: k)
            for m in 0..<order { scales.append(try unitScale(of: moments, k, control: arms.lowerBound, m)) }
            guard scale == .logRatio else { continue }
            for arm in arms.dropFirst() {
                for m in 0..<order
                where !((moments.means[arm * order + m] + moments.origin(of: k, m)) / scales[k * order + m] > 0) {
                    throw .ratioNotPositive(
                        experiment: moments.experiments[k], arm: moments.armNames[arm], metric: metrics[m])
                }
            }
        }
        return scales
    }

    private func unitScale(
        of moments: ArmMoments, _ experiment: Int, control: Int, _ m: Int
    ) throws(EstimationError) -> Double {
        let variance = moments.covariances[control * packedOrder + PackedSymmetric.index(m, m)]
        if scale == .standardised {
            guard variance > 0 else {
                throw .zeroControlVariance(experiment: moments.experiments[experiment], metric: metrics[m])
            }
            return variance.squareRoot()
        }
        let mean = moments.means[control * order + m] + moments.origin(of: experiment, m)
        let error = (variance / Double(moments.counts[control])).squareRoot()
        guard mean.magnitude > 3 * error else {
            throw .controlMeanNearZero(
                experiment: moments.experiments[experiment], metric: metrics[m], mean: mean, standardError: error)
        }
        return mean
    }

    /// `width` numbers for each effect, written on all processors.
    private func filled(
        _ width: Int, over moments: ArmMoments,
        _ write:
            @Sendable (
                _ arm: Int, _ control: Int, _ experiment: Int, _ target: UnsafeMutablePointer<Double>
            ) -> Void
    ) -> [Double] {
        let effectOffsets = offsets
        return parallelArray(count: count * width, over: experimentCount) { experiments, start in
            for k in experiments {
                let control = moments.offsets[k]
                for (position, j) in (effectOffsets[k]..<effectOffsets[k + 1]).enumerated() {
                    write(control + 1 + position, control, k, start + j * width)
                }
            }
        }
    }

    /// The controls' unit covariances, scaled and over their counts.
    private func covariances(of moments: ArmMoments, scales: [Double]) -> [Double] {
        let (order, packed) = (order, packedOrder)
        return parallelArray(count: experimentCount * packed, over: experimentCount) { experiments, start in
            for k in experiments {
                let control = moments.offsets[k]
                let count = Double(moments.counts[control])
                var p = 0
                for a in 0..<order {
                    for b in 0..<(a + 1) {
                        let value = moments.covariances[control * packed + p]
                        let scaled = scales.isEmpty ? value : value / (scales[k * order + a] * scales[k * order + b])
                        start[k * packed + p] = scaled / count
                        p += 1
                    }
                }
            }
        }
    }

    /// ρ∘ρ/(2(n_c − 1)) from ρ/n_c.
    private static func scaleNoise(_ shared: [Double], _ moments: ArmMoments) -> [Double] {
        let packed = moments.packedOrder
        var result = shared
        for k in 0..<moments.experimentCount {
            let count = Double(moments.counts[moments.offsets[k]])
            for p in k * packed..<(k + 1) * packed {
                let correlation = shared[p] * count
                result[p] = correlation * correlation / (2 * (count - 1))
            }
        }
        return result
    }
}
