/// Adds one loaded experiment after another to the sums of `DerivativeLayout`; working memory as in `BlockKernel`.
struct DerivativeKernel: ~Copyable {
    let layout: DerivativeLayout
    let sums: UnsafeMutablePointer<Double>
    let intercept: Bool
    /// g, n × G.
    let residuals: UnsafeMutablePointer<Double>
    /// Y, n × G × G.
    let projections: UnsafeMutablePointer<Double>
    /// Σ_i Z_i, then its product with a; G × r both.
    private let total: UnsafeMutablePointer<Double>
    private let turned: UnsafeMutablePointer<Double>
    /// P, N and ggᵀ packed and Y flat, of the arms since the last flush; padding stays zero.
    private let inverses: UnsafeMutablePointer<Double>
    private let nets: UnsafeMutablePointer<Double>
    private let squares: UnsafeMutablePointer<Double>
    private let flats: UnsafeMutablePointer<Double>
    private var waiting = 0
    private static let batch = 64
    /// q × `sharedWidth`.
    let rows: UnsafeMutablePointer<Double>
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
        func zeros(_ width: Int) -> UnsafeMutablePointer<Double> {
            let pointer = UnsafeMutablePointer<Double>.allocate(capacity: DerivativeKernel.batch * width)
            pointer.initialize(repeating: 0, count: DerivativeKernel.batch * width)
            return pointer
        }
        inverses = zeros(layout.packedStride)
        nets = zeros(layout.packedStride)
        squares = zeros(layout.packedStride)
        flats = zeros(layout.squareStride)
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
        inverses.deallocate()
        nets.deallocate()
        squares.deallocate()
        flats.deallocate()
        rows.deallocate()
        form.deallocate()
    }

    /// - Parameters:
    ///   - mean: μ̂.
    ///   - root: a, G × G; not read without intercept.
    mutating func add(
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

    private mutating func addArm(_ i: Int, _ shares: Bool, _ kernel: borrowing BlockKernel) {
        let order = layout.order
        let rank = shares ? layout.rank : 0
        let p = kernel.inverse + i * order * order
        let z = kernel.reach + i * order * layout.rank
        let y = projections + i * order * order
        let g = residuals + i * order
        let inverse = inverses + waiting * layout.packedStride
        let net = nets + waiting * layout.packedStride
        let square = squares + waiting * layout.packedStride
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
        if intercept {
            (flats + waiting * layout.squareStride).update(from: y, count: order * order)
            var residual = sums + layout.residual
            for a in 0..<order {
                for b in 0...a {
                    let (left, right) = (y + a * order, y + b * order)
                    let (own, other) = (g[b], a == b ? 0 : g[a])
                    for c in 0..<order { residual[c] += left[c] * own + right[c] * other }
                    residual += order
                }
            }
        }
        waiting += 1
        if waiting == DerivativeKernel.batch { flush() }
    }

    /// Adds the products of the arms that wait; to be called once more at the end.
    mutating func flush() {
        let (order, packed, stride) = (layout.order, layout.packed, layout.packedStride)
        for s in 0..<packed {
            ProductTiles.add(
                nets + s, stride, inverses, stride, count: waiting, tiles: stride / 8,
                to: sums + layout.crossed + s * stride)
            ProductTiles.add(
                squares + s, stride, inverses, stride, count: waiting, tiles: stride / 8,
                to: sums + layout.observed + s * stride)
        }
        if intercept {
            let square = layout.squareStride
            for s in 0..<order * order {
                // Rows b ≤ a of Y stand in its first (a + 1)G numbers.
                let tiles = ProductTiles.padded((s / order + 1) * order) / 8
                ProductTiles.add(
                    flats + s, square, flats, square, count: waiting, tiles: tiles,
                    to: sums + layout.projected + s * square)
            }
        }
        waiting = 0
    }
}
