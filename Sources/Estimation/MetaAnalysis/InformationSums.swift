internal import Parallelism
internal import Probability

/// 1ᵀB⁻¹1, 1ᵀB⁻¹δ, δᵀB⁻¹δ and log |B| over all blocks.
struct InformationSums: Sendable {
    var precision = 0.0
    var weighted = 0.0
    var square = 0.0
    var logDeterminant = 0.0

    /// The generalised least squares mean.
    var mean: Double { weighted / precision }
    /// δᵀPδ.
    var residual: Double { max(0, square - weighted * weighted / precision) }
}

extension NoiseBlocks {
    /// At this τ², in one pass.
    func information(_ tauSquared: Double) -> InformationSums {
        blockCount <= NoiseBlocks.partSize
            ? information(tauSquared, 0..<blockCount) : information([tauSquared])[0]
    }

    /// At each τ², in parts of fixed size that are summed on all processors and added in their order, with what rounding
    /// loses, so that it grows slowly with the number of blocks.
    func information(_ tauSquared: [Double]) -> [InformationSums] {
        let parts = Chunks(of: blockCount, size: NoiseBlocks.partSize)
        let sums = concurrentMap(parts.count) { part in tauSquared.map { information($0, parts[part]) } }
        return tauSquared.indices.map { index in
            var total = CompensatedSums()
            for part in sums { total.add(part[index]) }
            return total.value
        }
    }

    private static let partSize = 1024

    private func information(_ tauSquared: Double, _ part: Range<Int>) -> InformationSums {
        var result = InformationSums()
        var determinant = LogProduct()
        for k in part {
            var (p, b, c) = (0.0, 0.0, 0.0)
            if shared.isEmpty || shared[k] == 0 && scaleNoise.isEmpty {
                for j in range(k) {
                    let v = own[j] + tauSquared
                    determinant.multiply(by: v)
                    let weight = 1 / v
                    p += weight
                    b += weight * effects[j]
                    c += weight * effects[j] * effects[j]
                }
            } else {
                var (u1, ud, uu) = (0.0, 0.0, 0.0)
                for j in range(k) {
                    let v = own[j] + tauSquared
                    determinant.multiply(by: v)
                    let weight = 1 / v
                    let scaled = weight * multipliers[j]
                    p += weight
                    b += weight * effects[j]
                    c += weight * effects[j] * effects[j]
                    u1 += scaled
                    ud += scaled * effects[j]
                    uu += scaled * multipliers[j]
                }
                let factor = 1 + shared[k] * uu
                let kappa = shared[k] / factor
                determinant.multiply(by: factor)
                p -= kappa * u1 * u1
                b -= kappa * u1 * ud
                c -= kappa * ud * ud
                if !scaleNoise.isEmpty {
                    let second = secondTerm(k, tauSquared, kappa: kappa, sums: (u1, ud))
                    determinant.multiply(by: second.factor)
                    p -= second.kappa * second.one * second.one
                    b -= second.kappa * second.one * second.effect
                    c -= second.kappa * second.effect * second.effect
                }
            }
            result.precision += p
            result.weighted += b
            result.square += c
        }
        result.logDeterminant = determinant.value
        return result
    }

    /// The forms of d in B₁⁻¹ = (diag(v) + s²_c uuᵀ)⁻¹ with 1, δ and itself.
    private func secondTerm(
        _ k: Int, _ tauSquared: Double, kappa: Double, sums: (one: Double, effect: Double)
    ) -> (factor: Double, kappa: Double, one: Double, effect: Double) {
        var (d1, dd, du, de) = (0.0, 0.0, 0.0, 0.0)
        for j in range(k) {
            let scaled = scaleMultipliers[j] / (own[j] + tauSquared)
            d1 += scaled
            de += scaled * effects[j]
            du += scaled * multipliers[j]
            dd += scaled * scaleMultipliers[j]
        }
        let form = dd - kappa * du * du
        let factor = 1 + scaleNoise[k] * form
        return (factor, scaleNoise[k] / factor, d1 - kappa * du * sums.one, de - kappa * du * sums.effect)
    }
}

/// Sums of sums, by Neumaier's algorithm.
private struct CompensatedSums {
    private var sum = InformationSums()
    private var lost = InformationSums()

    mutating func add(_ part: InformationSums) {
        CompensatedSums.add(part.precision, to: &sum.precision, &lost.precision)
        CompensatedSums.add(part.weighted, to: &sum.weighted, &lost.weighted)
        CompensatedSums.add(part.square, to: &sum.square, &lost.square)
        CompensatedSums.add(part.logDeterminant, to: &sum.logDeterminant, &lost.logDeterminant)
    }

    private static func add(_ x: Double, to sum: inout Double, _ lost: inout Double) {
        let next = sum + x
        lost += sum.magnitude >= x.magnitude ? (sum - next) + x : (x - next) + sum
        sum = next
    }

    var value: InformationSums {
        InformationSums(
            precision: sum.precision + lost.precision, weighted: sum.weighted + lost.weighted,
            square: sum.square + lost.square, logDeterminant: sum.logDeterminant + lost.logDeterminant)
    }
}

/// log of a product of positive numbers, with one logarithm for many factors.
struct LogProduct: Sendable {
    private var product = 1.0
    private var sum = 0.0

    mutating func multiply(by factor: Double) {
        product *= factor
        if product > 1e100 || product < 1e-100 {
            sum += Elementary.log(product)
            product = 1
        }
    }

    var value: Double { sum + Elementary.log(product) }
}
