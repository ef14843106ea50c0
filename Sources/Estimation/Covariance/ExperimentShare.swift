internal import LinearAlgebra

/// Computes one experiment's share of every sum of `SumsLayout`.
///
/// The arithmetic stands in plain loops over packed triangles: a million experiments pass through here once for each
/// estimate and once more for each jackknife.
struct ExperimentShare {
    let layout: SumsLayout
    let effects: EffectStorage
    /// a_j.
    let weights: UnsafePointer<Double>
    /// G.
    let shift: UnsafePointer<Double>
    /// Σ a_jR_j, Σ a_jE_j, Σ n_jR_j, Σ n_jE_j and Σ n_j(τ_j − shift), G each.
    let scratch: UnsafeMutablePointer<Double>
    /// Whether the last two sums, which few estimators need, are computed where that can be saved.
    var hasScatterNoise = true

    static func scratchCount(order: Int) -> Int { 5 * order }

    /// Overwrites `share`, which has room for `layout.count`.
    func compute(_ k: Int, into share: UnsafeMutablePointer<Double>) {
        let isSingle = effects.offsets[k + 1] - effects.offsets[k] == 1
        if isSingle, effects.multipliers == nil, effects.scaleNoise == nil, let treatments = effects.treatmentCounts,
            let controls = effects.controlCounts
        {
            let j = effects.offsets[k]
            computeSingle(j, of: k, Double(treatments[j]), Double(controls[k]), into: share)
        } else {
            computeArms(of: k, into: share)
        }
    }

    /// One arm: W is the number m = n₀n₁/(n₀ + n₁), so M's share is m ττᵀ and its noise m(S + T).
    private func computeSingle(
        _ j: Int, of k: Int, _ count: Double, _ control: Double, into share: UnsafeMutablePointer<Double>
    ) {
        let (order, packed) = (layout.order, layout.packed)
        let (shared, own) = (effects.shared + k * packed, effects.own + j * packed)
        let values = effects.values + j * order
        let weight = weights[j]
        let effective = count * control / (count + control)
        share[SumsLayout.effects] = 1
        share[SumsLayout.weight] = weight
        share[SumsLayout.weightSquare] = weight * weight
        share[SumsLayout.unitNoise] = weight / effective
        share[SumsLayout.unitNoiseSquare] = weight * weight / effective
        share[SumsLayout.degreesOfFreedom] = count + control - 2
        share[SumsLayout.precision] = effective
        let (second, scatter) = (share + layout.second, share + layout.scatter)
        var p = 0
        for a in 0..<order {
            let x = values[a] - shift[a]
            share[layout.mean + a] = weight * x
            share[layout.scatterMean + a] = effective * x
            for b in 0..<(a + 1) {
                let product = x * (values[b] - shift[b])
                second[p] = weight * product
                scatter[p] = effective * product
                p += 1
            }
        }
        let (noise, square, pooled) = (share + layout.noise, share + layout.noiseSquare, share + layout.pooled)
        let (controlFactor, ownFactor) = ((control - 1) * control, (count - 1) * count)
        for p in 0..<packed {
            let total = shared[p] + own[p]
            noise[p] = weight * total
            square[p] = weight * weight * total
            pooled[p] = controlFactor * shared[p] + ownFactor * own[p]
        }
        guard hasScatterNoise else { return }
        let (scatterNoise, meanNoise) = (share + layout.scatterNoise, share + layout.scatterMeanNoise)
        for p in 0..<packed {
            let total = shared[p] + own[p]
            scatterNoise[p] = effective * total
            meanNoise[p] = effective * effective * total
        }
    }

    private func computeArms(of k: Int, into share: UnsafeMutablePointer<Double>) {
        share.update(repeating: 0, count: layout.count)
        scratch.update(repeating: 0, count: ExperimentShare.scratchCount(order: layout.order))
        let arms = effects.offsets[k]..<effects.offsets[k + 1]
        share[SumsLayout.effects] = Double(arms.count)
        var weightSum = 0.0
        for j in arms {
            weightSum += weights[j]
            addSecondMoments(j, of: k, to: share)
        }
        addSharedNoise(layout.noiseSquare, of: k, sums: scratch, scaleSums: scratch + layout.order, 1, to: share)
        guard let treatments = effects.treatmentCounts, let controls = effects.controlCounts else { return }
        let control = Double(controls[k])
        var total = control
        for j in arms { total += Double(treatments[j]) }
        share[SumsLayout.unitNoiseSquare] = weightSum * weightSum / control
        share[SumsLayout.precision] = (total - control) * control / total
        share[SumsLayout.degreesOfFreedom] = control - 1
        let pooled = share + layout.pooled
        let shared = effects.shared + k * layout.packed
        for p in 0..<layout.packed { pooled[p] = (control - 1) * control * shared[p] }
        for j in arms {
            let count = Double(treatments[j])
            share[SumsLayout.unitNoise] += weights[j] * (1 / control + 1 / count)
            share[SumsLayout.unitNoiseSquare] += weights[j] * weights[j] / count
            share[SumsLayout.degreesOfFreedom] += count - 1
            addScatter(j, of: k, count: count, control: control, total: total, to: share)
        }
        finishScatter(k, control: control, total: total, to: share)
    }

    /// R_aR_bS_ab (+ E_aE_bS′_ab) + T_ab at packed place p.
    @inline(__always)
    private func covariance(_ j: Int, _ k: Int, _ a: Int, _ b: Int, _ p: Int) -> (shared: Double, own: Double) {
        let (order, packed) = (layout.order, layout.packed)
        var shared = effects.shared[k * packed + p]
        if let multipliers = effects.multipliers { shared *= multipliers[j * order + a] * multipliers[j * order + b] }
        if let scaleNoise = effects.scaleNoise {
            shared += effects.values[j * order + a] * effects.values[j * order + b] * scaleNoise[k * packed + p]
        }
        return (shared, effects.own[j * packed + p])
    }

    private func addSecondMoments(_ j: Int, of k: Int, to share: UnsafeMutablePointer<Double>) {
        let order = layout.order
        let weight = weights[j]
        let values = effects.values + j * order
        share[SumsLayout.weight] += weight
        share[SumsLayout.weightSquare] += weight * weight
        let (second, noise, square) = (share + layout.second, share + layout.noise, share + layout.noiseSquare)
        var p = 0
        for a in 0..<order {
            let x = values[a] - shift[a]
            share[layout.mean + a] += weight * x
            scratch[a] += weight * (effects.multipliers?[j * order + a] ?? 1)
            scratch[order + a] += weight * values[a]
            for b in 0..<(a + 1) {
                let (shared, own) = covariance(j, k, a, b, p)
                second[p] += weight * x * (values[b] - shift[b])
                noise[p] += weight * (shared + own)
                square[p] += weight * weight * own
                p += 1
            }
        }
    }

    private func addScatter(
        _ j: Int, of k: Int, count: Double, control: Double, total: Double, to share: UnsafeMutablePointer<Double>
    ) {
        let order = layout.order
        let values = effects.values + j * order
        let (scatter, pooled) = (share + layout.scatter, share + layout.pooled)
        let (noise, meanNoise) = (share + layout.scatterNoise, share + layout.scatterMeanNoise)
        let (multiplierSums, scaleSums) = (scratch + 2 * order, scratch + 3 * order)
        let sums = scratch + 4 * order
        // (W)_jj of the arm's own noise, and (W1)_j².
        let diagonal = count - count * count / total
        let square = (count * control / total) * (count * control / total)
        var p = 0
        for a in 0..<order {
            let x = count * (values[a] - shift[a])
            sums[a] += x
            multiplierSums[a] += count * (effects.multipliers?[j * order + a] ?? 1)
            scaleSums[a] += count * values[a]
            for b in 0..<(a + 1) {
                let (shared, own) = covariance(j, k, a, b, p)
                scatter[p] += x * (values[b] - shift[b])
                pooled[p] += (count - 1) * count * own
                noise[p] += count * shared + diagonal * own
                meanNoise[p] += square * own
                p += 1
            }
        }
    }

    /// What pairs of arms share: TᵀWT = Σnᵢττᵀ − (Σnᵢτᵢ)(Σnᵢτᵢ)ᵀ/(n₀ + Σnᵢ), and the same of the control's noise.
    private func finishScatter(_ k: Int, control: Double, total: Double, to share: UnsafeMutablePointer<Double>) {
        let order = layout.order
        let (multiplierSums, scaleSums) = (scratch + 2 * order, scratch + 3 * order)
        let sums = scratch + 4 * order
        let scatter = share + layout.scatter
        var p = 0
        for a in 0..<order {
            share[layout.scatterMean + a] = sums[a] * control / total
            for b in 0..<(a + 1) {
                scatter[p] -= sums[a] * sums[b] / total
                p += 1
            }
        }
        addSharedNoise(layout.scatterNoise, of: k, sums: multiplierSums, scaleSums: scaleSums, -1 / total, to: share)
        let ratio = control / total
        addSharedNoise(
            layout.scatterMeanNoise, of: k, sums: multiplierSums, scaleSums: scaleSums, ratio * ratio, to: share)
    }

    /// Adds factor × (r_ar_bS_ab + e_ae_bS′_ab), r and e sums of multipliers and effects over arms.
    private func addSharedNoise(
        _ offset: Int, of k: Int, sums: UnsafePointer<Double>, scaleSums: UnsafePointer<Double>, _ factor: Double,
        to share: UnsafeMutablePointer<Double>
    ) {
        let target = share + offset
        let shared = effects.shared + k * layout.packed
        var p = 0
        for a in 0..<layout.order {
            for b in 0..<(a + 1) {
                var sum = sums[a] * sums[b] * shared[p]
                if let scaleNoise = effects.scaleNoise {
                    sum += scaleSums[a] * scaleSums[b] * scaleNoise[k * layout.packed + p]
                }
                target[p] += factor * sum
                p += 1
            }
        }
    }
}
