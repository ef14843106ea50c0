extension EffectModel {
    /// `sums` where X is a column of ones and every block is a diagonal and one rank-one term, in scalars.
    ///
    /// With α_x = uᵀWx/uᵀWu, xᵀB⁻¹y = (x − α_xu)ᵀW(y − α_yu) + α_xα_y uᵀWu/(1 + c uᵀWu): no difference of large numbers
    /// however large the control's variance c is.
    func plainSums(_ components: Components, _ order: ModelSums.Order, _ blocks: Range<Int>) -> ModelSums {
        var totals = PlainTotals()
        effects.withUnsafeBufferPointer { effects in
            own.withUnsafeBufferPointer { own in
                multipliers.withUnsafeBufferPointer { multipliers in
                    let longest = blocks.reduce(0) { max($0, range($1).count) }
                    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, longest)) { weights in
                        for k in blocks {
                            let coefficient = (shared.isEmpty ? 0 : shared[k]) + components.experiment
                            let block = range(k)
                            totals.add(
                                block, coefficient, components.arm, order, effects.baseAddress, own.baseAddress,
                                multipliers.isEmpty ? nil : multipliers.baseAddress, weights.baseAddress)
                        }
                    }
                }
            }
        }
        return totals.sums
    }
}

/// Running sums of one chunk.
private struct PlainTotals {
    var product = LogProduct()
    /// Of ZᵀB⁻¹Z, ZᵀB⁻²Z and ZᵀB⁻¹JB⁻¹Z: (1, 1), (1, y), (y, y).
    var first = SIMD4<Double>.zero
    var second = SIMD4<Double>.zero
    var outer = SIMD4<Double>.zero
    var trace = 0.0

    mutating func add(
        _ block: Range<Int>, _ coefficient: Double, _ tauSquared: Double, _ order: ModelSums.Order,
        _ effects: UnsafePointer<Double>?, _ own: UnsafePointer<Double>?, _ multipliers: UnsafePointer<Double>?,
        _ weights: UnsafeMutablePointer<Double>?
    ) {
        guard let effects, let own, let weights else { return }
        let first = block.lowerBound
        let n = block.count
        var (uu, u1, uy) = (0.0, 0.0, 0.0)
        for i in 0..<n {
            let variance = own[first + i] + tauSquared
            product.multiply(by: variance)
            let weight = 1 / variance
            weights[i] = weight
            let u = multipliers?[first + i] ?? 1
            uu += weight * u * u
            u1 += weight * u
            uy += weight * u * effects[first + i]
        }
        let factor = 1 + coefficient * uu
        if coefficient > 0 { product.multiply(by: factor) }
        let isShared = coefficient > 0 && uu > 0
        let (alpha, beta) = isShared ? (u1 / uu, uy / uu) : (0, 0)
        let damp = 1 / factor
        var forms = SIMD4<Double>(alpha * alpha, alpha * beta, beta * beta, 0) * (uu * damp)
        var squares = 0.0
        for i in 0..<n {
            let weight = weights[i]
            let u = multipliers?[first + i] ?? 1
            let one = 1 - alpha * u
            let effect = effects[first + i] - beta * u
            forms += SIMD4(one * one, one * effect, effect * effect, 0) * weight
            if order == .likelihood { continue }
            let solvedOne = weight * (one + alpha * damp * u)
            let solved = weight * (effect + beta * damp * u)
            second += SIMD4(solvedOne * solvedOne, solvedOne * solved, solved * solved, 0)
            trace += weight
            squares += weight * weight * u * u
        }
        trace -= coefficient * damp * squares
        self.first += forms
        if order != .likelihood { outer += SIMD4(forms[0] * forms[0], forms[0] * forms[1], forms[1] * forms[1], 0) }
    }

    var sums: ModelSums {
        func full(_ x: SIMD4<Double>) -> [Double] { [x[0], x[1], x[1], x[2]] }
        var result = ModelSums(size: 2)
        result.logDeterminant = product.value
        result.forms = full(first)
        result.traces = [trace, first[0]]
        result.scores = [full(second), full(outer)]
        return result
    }
}
