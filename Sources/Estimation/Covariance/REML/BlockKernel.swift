internal import LinearAlgebra

/// One experiment's inverse covariance in working memory: W_ij = 1[i = j]P_i − Z_iZ_jᵀ.
///
/// P_i = (T_i + Λ)⁻¹, and with X_i the arm's rows of the shared columns and LLᵀ = I + Σ X_iᵀP_iX_i, Z_i = P_iX_iL⁻ᵀ
/// (Woodbury). Cost O(n_kG³), no memory is taken while it runs. Matrices are full, by rows.
struct BlockKernel: ~Copyable {
    let order: Int
    /// The columns of Z in experiments that share.
    let rank: Int
    /// P, n × G × G.
    let inverse: UnsafeMutablePointer<Double>
    /// Z, n × G × r.
    let reach: UnsafeMutablePointer<Double>
    /// Σ log of the determinants of the experiments loaded so far.
    private(set) var determinant = LogProduct()
    private let columns: UnsafeMutablePointer<Double>
    private let core: UnsafeMutablePointer<Double>
    private let root: UnsafeMutablePointer<Double>

    init(_ blocks: LikelihoodBlocks) {
        order = blocks.order
        rank = blocks.rank
        let n = blocks.largestExperiment
        inverse = .allocate(capacity: n * order * order)
        reach = .allocate(capacity: max(1, n * order * rank))
        columns = .allocate(capacity: max(1, order * rank))
        core = .allocate(capacity: max(1, rank * rank))
        root = .allocate(capacity: order * order)
        reach.initialize(repeating: 0, count: max(1, n * order * rank))
    }

    deinit {
        inverse.deallocate()
        reach.deallocate()
        columns.deallocate()
        core.deallocate()
        root.deallocate()
    }

    /// Loads experiment k at Λ (G × G by rows); false where its covariance is singular.
    mutating func load(_ k: Int, _ blocks: borrowing BlockPointers, _ lambda: UnsafePointer<Double>) -> Bool {
        let first = blocks.offsets[k]
        let arms = blocks.offsets[k + 1] - first
        let packed = order * (order + 1) / 2
        for i in 0..<arms {
            guard invert(blocks.own + (first + i) * packed, lambda, into: inverse + i * order * order) else {
                return false
            }
        }
        return blocks.rootOffsets[k] < 0 || share(k, first, arms, blocks)
    }

    /// (T + Λ)⁻¹ by Cholesky: L, then L⁻¹ in its place, then L⁻ᵀL⁻¹.
    private mutating func invert(
        _ own: UnsafePointer<Double>, _ lambda: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
    ) -> Bool {
        let order = order
        var position = 0
        for a in 0..<order {
            for b in 0...a {
                root[a * order + b] = own[position] + lambda[a * order + b]
                position += 1
            }
        }
        for j in 0..<order {
            let size = root[j * order + j]
            for i in j..<order {
                var sum = root[i * order + j]
                for c in 0..<j { sum -= root[i * order + c] * root[j * order + c] }
                root[i * order + j] = sum
            }
            let pivot = root[j * order + j]
            guard pivot > 1e-13 * size, pivot < .infinity else { return false }
            determinant.multiply(by: pivot)
            let reciprocal = 1 / pivot.squareRoot()
            for i in j + 1..<max(order, j + 1) { root[i * order + j] *= reciprocal }
            // The diagonal keeps 1/L_jj, which is what is needed from here on.
            root[j * order + j] = reciprocal
        }
        for j in 0..<order {
            for i in j + 1..<max(order, j + 1) {
                var sum = 0.0
                for c in j..<i { sum += root[i * order + c] * root[c * order + j] }
                root[i * order + j] = -sum * root[i * order + i]
            }
        }
        for a in 0..<order {
            for b in 0...a {
                var sum = 0.0
                for c in a..<order { sum += root[c * order + a] * root[c * order + b] }
                result[a * order + b] = sum
                result[b * order + a] = sum
            }
        }
        return true
    }

    private mutating func share(_ k: Int, _ first: Int, _ arms: Int, _ blocks: borrowing BlockPointers) -> Bool {
        let (order, rank) = (order, rank)
        for c in 0..<rank * rank { core[c] = 0 }
        for c in 0..<rank { core[c * rank + c] = 1 }
        for i in 0..<arms {
            fill(blocks.roots + blocks.rootOffsets[k], effect: first + i, blocks)
            let z = reach + i * order * rank
            let p = inverse + i * order * order
            for a in 0..<order {
                for c in 0..<rank { z[a * rank + c] = 0 }
                for b in 0..<order {
                    let factor = p[a * order + b]
                    for c in 0..<rank { z[a * rank + c] += factor * columns[b * rank + c] }
                }
            }
            for a in 0..<order {
                for c in 0..<rank {
                    let factor = columns[a * rank + c]
                    for d in 0...c { core[c * rank + d] += factor * z[a * rank + d] }
                }
            }
        }
        for j in 0..<rank {
            for i in j..<rank {
                var sum = core[i * rank + j]
                for c in 0..<j { sum -= core[i * rank + c] * core[j * rank + c] }
                core[i * rank + j] = sum
            }
            let pivot = core[j * rank + j]
            guard pivot > 0, pivot < .infinity else { return false }
            determinant.multiply(by: pivot)
            let reciprocal = 1 / pivot.squareRoot()
            for i in j + 1..<max(rank, j + 1) { core[i * rank + j] *= reciprocal }
            core[j * rank + j] = reciprocal
        }
        for row in 0..<arms * order {
            let z = reach + row * rank
            for j in 0..<rank {
                var sum = z[j]
                for c in 0..<j { sum -= z[c] * core[j * rank + c] }
                z[j] = sum * core[j * rank + j]
            }
        }
        return true
    }

    /// X_i: R_iF, and E_iF′ beside it.
    private func fill(_ roots: UnsafePointer<Double>, effect: Int, _ blocks: borrowing BlockPointers) {
        let packed = order * (order + 1) / 2
        var position = 0
        for a in 0..<order {
            for c in 0..<rank { columns[a * rank + c] = 0 }
            let multiplier = blocks.multipliers.map { $0[effect * order + a] } ?? 1
            let scale = blocks.scaleMultipliers.map { $0[effect * order + a] }
            for b in 0...a {
                columns[a * rank + b] = multiplier * roots[position]
                if let scale { columns[a * rank + order + b] = scale * roots[packed + position] }
                position += 1
            }
        }
    }
}
