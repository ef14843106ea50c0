internal import LinearAlgebra
internal import Parallelism
internal import Probability

/// The log-likelihood at one Λ and the generalised least squares mean there, in the blocks' units.
///
/// With W the inverse of the effects' covariance and X = 1 ⊗ I: A = XᵀWX, μ̂ = A⁻¹XᵀWy, and
///
///     l = −½(log|W⁻¹| + log|A| + yᵀWy − μ̂ᵀAμ̂ + (J − 1)G log 2π − G log J)
///
/// restricted; without intercept μ = 0, the terms of A fall away and J − 1 is J.
struct LikelihoodValue: Sendable {
    let logLikelihood: Double
    /// μ̂, zeros without intercept.
    let mean: [Double]
    /// A⁻¹, the covariance of μ̂; nil without intercept.
    let meanCovariance: Matrix?
    /// a, upper triangular, with A⁻¹ = aaᵀ; nil without intercept.
    let meanRoot: Matrix?
}

extension LikelihoodBlocks {
    /// nil where some experiment's covariance is singular at this Λ.
    func value(_ lambda: Matrix, intercept: Bool) -> LikelihoodValue? {
        let chunks = chunks
        var sums = Sums(order: order)
        for part in concurrentMap(chunks.count, { sum(chunks[$0], lambda) }) {
            guard let part else { return nil }
            sums.add(part)
        }
        let (g, j) = (Double(order), Double(count))
        guard intercept else {
            let value = -(sums.logDeterminant + sums.square + j * g * Elementary.logTwoPi) / 2
            guard value.isFinite else { return nil }
            return LikelihoodValue(
                logLikelihood: value, mean: Array(repeating: 0, count: order), meanCovariance: nil, meanRoot: nil)
        }
        let precision = PackedSymmetric.unpack(sums.precision, order: order)
        guard let factor = try? Cholesky(precision) else { return nil }
        let determinant = factor.lower.diagonal.reduce(0) { $0 + 2 * Elementary.log($1) }
        let half = factor.solveLower(sums.weighted)
        let residual = max(0, sums.square - dot(half, half))
        let constants = (j - 1) * g * Elementary.logTwoPi - g * Elementary.log(j)
        let value = -(sums.logDeterminant + determinant + residual + constants) / 2
        guard value.isFinite else { return nil }
        return LikelihoodValue(
            logLikelihood: value, mean: factor.solveUpper(half), meanCovariance: factor.inverse,
            meanRoot: factor.solveLower(.identity(order)).transposed)
    }

    /// A packed, XᵀWy, yᵀWy and log|W⁻¹|.
    private struct Sums: Sendable {
        var precision: [Double]
        var weighted: [Double]
        var square = 0.0
        var logDeterminant = 0.0

        init(order: Int) {
            precision = Array(repeating: 0, count: PackedSymmetric.count(order: order))
            weighted = Array(repeating: 0, count: order)
        }

        mutating func add(_ other: Sums) {
            for p in precision.indices { precision[p] += other.precision[p] }
            for m in weighted.indices { weighted[m] += other.weighted[m] }
            square += other.square
            logDeterminant += other.logDeterminant
        }
    }

    private func sum(_ part: Range<Int>, _ lambda: Matrix) -> Sums? {
        var result = Sums(order: order)
        var kernel = BlockKernel(self)
        var scratch = Array(repeating: 0.0, count: 2 * max(1, rank))
        let complete = withPointers { pointers in
            lambda.elements.withUnsafeBufferPointer { lambda in
                result.precision.withUnsafeMutableBufferPointer { precision in
                    result.weighted.withUnsafeMutableBufferPointer { weighted in
                        scratch.withUnsafeMutableBufferPointer { scratch in
                            guard let lambda = lambda.baseAddress, let precision = precision.baseAddress,
                                let weighted = weighted.baseAddress, let scratch = scratch.baseAddress
                            else { return false }
                            for k in part {
                                guard kernel.load(k, pointers, lambda) else { return false }
                                result.square += kernel.addSums(
                                    k, pointers, precision: precision, weighted: weighted, scratch: scratch)
                            }
                            return true
                        }
                    }
                }
            }
        }
        guard complete == true else { return nil }
        result.logDeterminant = kernel.determinant.value
        return result
    }
}

extension BlockKernel {
    /// Adds the loaded experiment's share of A and XᵀWy; returns that of yᵀWy.
    fileprivate func addSums(
        _ k: Int, _ blocks: borrowing BlockPointers, precision: UnsafeMutablePointer<Double>,
        weighted: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
    ) -> Double {
        let first = blocks.offsets[k]
        let arms = blocks.offsets[k + 1] - first
        let shares = blocks.rootOffsets[k] >= 0
        // Σ Z_i by rows is not needed: only z = Σ_i Z_iᵀ(1 ⊗ I) enters A, kept below.
        var square = 0.0
        for i in 0..<arms {
            let p = inverse + i * order * order
            let y = blocks.values + (first + i) * order
            var position = 0
            for a in 0..<order {
                var sum = 0.0
                for b in 0..<order { sum += p[a * order + b] * y[b] }
                weighted[a] += sum
                square += sum * y[a]
                for b in 0...a {
                    precision[position] += p[a * order + b]
                    position += 1
                }
            }
        }
        guard shares else { return square }
        for c in 0..<rank { scratch[c] = 0 }
        for i in 0..<arms {
            let z = reach + i * order * rank
            let y = blocks.values + (first + i) * order
            for a in 0..<order { for c in 0..<rank { scratch[c] += z[a * rank + c] * y[a] } }
        }
        for c in 0..<rank { square -= scratch[c] * scratch[c] }
        // The first arm's Z becomes the sum over arms, which nobody reads again.
        for i in 1..<arms {
            let z = reach + i * order * rank
            for c in 0..<order * rank { reach[c] += z[c] }
        }
        var position = 0
        for a in 0..<order {
            for c in 0..<rank { weighted[a] -= reach[a * rank + c] * scratch[c] }
            for b in 0...a {
                var sum = 0.0
                for c in 0..<rank { sum += reach[a * rank + c] * reach[b * rank + c] }
                precision[position] -= sum
                position += 1
            }
        }
        return square
    }
}
