/// Adds one loaded experiment after another to the sums of `DerivativeLayout`; working memory as in `BlockKernel`.
struct DerivativeKernel: ~Copyable {
    let layout: DerivativeLayout
    let sums: UnsafeMutablePointer<Double>
    private let intercept: Bool
    /// g, n × G.
    private let residuals: UnsafeMutablePointer<Double>
    /// Y, n × G × G.
    private let projections: UnsafeMutablePointer<Double>
    /// Σ_i Z_i, then its product with a; G × r both.
    private let total: UnsafeMutablePointer<Double>
    private let turned: UnsafeMutablePointer<Double>
    /// P, N and ggᵀ packed, one behind the other.
    private let triangles: UnsafeMutablePointer<Double>
    /// q × `sharedWidth`.
    private let rows: UnsafeMutablePointer<Double>
    private let form: UnsafeMutablePointer<Double>

    init(_ blocks: LikelihoodBlocks, intercept: Bool) {
        layout = DerivativeLayout(order: blocks.order, rank: blocks.rank)
        self.intercept = intercept
        let (order, n) = (layout.order, blocks.largestExperiment)
        sums = .allocate(capacity: layout.count)
        sums.initialize(repeating: 0, count: layout.count)
        residuals = .allocate(capacity: n * order)
        projections = .allocate(capacity: n * order * order)
        total = .allocate(capacity: max(1, order * layout.rank))
        turned = .allocate(capacity: max(1, order * layout.rank))
        triangles = .allocate(capacity: 3 * layout.packed)
        rows = .allocate(capacity: max(1, layout.packed * layout.sharedWidth))
        form = .allocate(capacity: max(1, layout.rank))
        projections.initialize(repeating: 0, count: n * order * order)
    }

    deinit {
        sums.deallocate()
        residuals.deallocate()
        projections.deallocate()
        total.deallocate()
        turned.deallocate()
        triangles.deallocate()
        rows.deallocate()
        form.deallocate()
    }

    /// - Parameters:
    ///   - mean: μ̂.
    ///   - root: a, G × G; not read without intercept.
    func add(
        _ k: Int, _ kernel: borrowing BlockKernel, _ blocks: borrowing BlockPointers, mean: UnsafePointer<Double>,
        root: UnsafePointer<Double>
    ) {
        let first = blocks.offsets[k]
        let arms = blocks.offsets[k + 1] - first
        let shares = blocks.rootOffsets[k] >= 0
        weigh(first, arms, shares, kernel, blocks, mean)
        if intercept { project(arms, shares, kernel, root) }
        for i in 0..<arms { addArm(i, shares, kernel) }
        if shares { addShared(arms, kernel) }
    }

    /// g = W(y − Xμ̂).
    private func weigh(
        _ first: Int, _ arms: Int, _ shares: Bool, _ kernel: borrowing BlockKernel, _ blocks: borrowing BlockPointers,
        _ mean: UnsafePointer<Double>
    ) {
        let (order, rank) = (layout.order, layout.rank)
        for c in 0..<rank { form[c] = 0 }
        for i in 0..<arms {
            let p = kernel.inverse + i * order * order
            let y = blocks.values + (first + i) * order
            let g = residuals + i * order
            for a in 0..<order { g[a] = 0 }
            for b in 0..<order {
                let e = y[b] - mean[b]
                for a in 0..<order { g[a] += p[b * order + a] * e }
                guard shares else { continue }
                let z = kernel.reach + (i * order + b) * rank
                for c in 0..<rank { form[c] += z[c] * e }
            }
        }
        guard shares else { return }
        for row in 0..<arms * order {
            let z = kernel.reach + row * rank
            var sum = residuals[row]
            for c in 0..<rank { sum -= z[c] * form[c] }
            residuals[row] = sum
        }
    }

    /// Y_i = P_ia − Z_i(Σ_lZ_l)ᵀa, a upper triangular.
    private func project(
        _ arms: Int, _ shares: Bool, _ kernel: borrowing BlockKernel, _ root: UnsafePointer<Double>
    ) {
        let (order, rank) = (layout.order, layout.rank)
        for i in 0..<arms {
            let p = kernel.inverse + i * order * order
            let y = projections + i * order * order
            for a in 0..<order {
                for c in 0..<order { y[a * order + c] = 0 }
                for b in 0..<order {
                    let factor = p[a * order + b]
                    for c in b..<order { y[a * order + c] += factor * root[b * order + c] }
                }
            }
        }
        guard shares else { return }
        for c in 0..<order * rank { (total[c], turned[c]) = (0, 0) }
        for i in 0..<arms {
            let z = kernel.reach + i * order * rank
            for c in 0..<order * rank { total[c] += z[c] }
        }
        // (Σ Z)ᵀa, r × G.
        for b in 0..<order {
            for c in 0..<rank {
                let factor = total[b * rank + c]
                for d in b..<order { turned[c * order + d] += factor * root[b * order + d] }
            }
        }
        for row in 0..<arms * order {
            let (y, z) = (projections + row * order, kernel.reach + row * rank)
            for c in 0..<rank {
                let factor = z[c]
                for d in 0..<order { y[d] -= factor * turned[c * order + d] }
            }
        }
    }

    private func addArm(_ i: Int, _ shares: Bool, _ kernel: borrowing BlockKernel) {
        let (order, packed) = (layout.order, layout.packed)
        let rank = shares ? layout.rank : 0
        let p = kernel.inverse + i * order * order
        let z = kernel.reach + i * order * layout.rank
        let y = projections + i * order * order
        let g = residuals + i * order
        let (inverse, net, square) = (triangles, triangles + packed, triangles + 2 * packed)
        let gradient = sums + layout.gradient
        var position = 0
        for a in 0..<order {
            for b in 0...a {
                var (reached, projected) = (0.0, 0.0)
                for c in 0..<rank { reached += z[a * rank + c] * z[b * rank + c] }
                if intercept { for c in 0..<order { projected += y[a * order + c] * y[b * order + c] } }
                inverse[position] = p[a * order + b]
                net[position] = p[a * order + b] - 2 * (reached + projected)
                square[position] = g[a] * g[b]
                gradient[position] += square[position] - inverse[position] + reached + projected
                position += 1
            }
        }
        let (crossed, observed) = (sums + layout.crossed, sums + layout.observed)
        for s in 0..<packed {
            let (x, w) = (net[s], square[s])
            let (left, right) = (crossed + s * packed, observed + s * packed)
            for t in 0..<packed {
                left[t] += x * inverse[t]
                right[t] += w * inverse[t]
            }
        }
        guard intercept else { return }
        var target = sums + layout.projected
        var residual = sums + layout.residual
        for a in 0..<order {
            for b in 0...a {
                let (left, right) = (y + a * order, y + b * order)
                for c in 0..<order {
                    let factor = left[c]
                    for d in 0..<order { target[d] += factor * right[d] }
                    target += order
                    residual[c] += a == b ? factor * g[a] : factor * g[b] + right[c] * g[a]
                }
                residual += order
            }
        }
    }

    /// Products of the experiment's B, C and c for every pair of E.
    private func addShared(_ arms: Int, _ kernel: borrowing BlockKernel) {
        let (order, rank, packed) = (layout.order, layout.rank, layout.packed)
        let width = layout.sharedWidth
        let triangle = rank * (rank + 1) / 2
        for c in 0..<packed * width { rows[c] = 0 }
        for i in 0..<arms {
            let z = kernel.reach + i * order * rank
            let y = projections + i * order * order
            let g = residuals + i * order
            var row = rows
            for a in 0..<order {
                for b in 0...a {
                    let (left, right) = (z + a * rank, z + b * rank)
                    // Each E_ab has two ones but on the diagonal, where the same product would count twice.
                    let half = a == b ? 0.5 : 1.0
                    var position = 0
                    for c in 0..<rank {
                        for d in 0...c {
                            row[position] += half * (left[c] * right[d] + right[c] * left[d])
                            position += 1
                        }
                    }
                    for c in 0..<order where intercept {
                        let (one, other) = (half * y[a * order + c], half * y[b * order + c])
                        for d in 0..<rank { row[triangle + c * rank + d] += one * right[d] + other * left[d] }
                    }
                    let (one, other) = (half * g[a], half * g[b])
                    for d in 0..<rank { row[width - rank + d] += one * right[d] + other * left[d] }
                    row += width
                }
            }
        }
        let (shared, observed) = (sums + layout.shared, sums + layout.sharedObserved)
        for s in 0..<packed {
            for t in 0...s {
                let (left, right) = (rows + s * width, rows + t * width)
                var (sum, position) = (0.0, 0)
                for c in 0..<rank {
                    for _ in 0..<c {
                        sum += 2 * left[position] * right[position]
                        position += 1
                    }
                    sum += left[position] * right[position]
                    position += 1
                }
                for c in triangle..<width - rank { sum += 2 * left[c] * right[c] }
                shared[s * packed + t] += sum
                sum = 0
                for c in width - rank..<width { sum += left[c] * right[c] }
                observed[s * packed + t] += sum
            }
        }
    }
}
