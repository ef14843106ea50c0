internal import Probability

/// What experiments whose arms share a control add.
extension DerivativeKernel {
    /// Products of the experiment's B, C and c for every pair of E.
    func addShared(_ arms: Int, _ kernel: borrowing BlockKernel) {
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
                    // Elements off B's diagonal, and all of C, count twice in the traces.
                    let twice = half * Elementary.squareRootOfTwo
                    for c in 0..<rank {
                        for d in 0..<c {
                            row[position] += twice * (left[c] * right[d] + right[c] * left[d])
                            position += 1
                        }
                        row[position] += 2 * half * left[c] * right[c]
                        position += 1
                    }
                    for c in 0..<order where intercept {
                        let (one, other) = (twice * y[a * order + c], twice * y[b * order + c])
                        for d in 0..<rank { row[triangle + c * rank + d] += one * right[d] + other * left[d] }
                    }
                    let (one, other) = (half * g[a], half * g[b])
                    for d in 0..<rank { row[layout.sharedMain + d] += one * right[d] + other * left[d] }
                    row += width
                }
            }
        }
        let (shared, observed) = (sums + layout.shared, sums + layout.sharedObserved)
        for s in 0..<packed {
            for t in 0...s {
                let (left, right) = (rows + s * width, rows + t * width)
                shared[s * packed + t] += ProductTiles.dot(left, right, tiles: layout.sharedMain / 8)
                observed[s * packed + t] += ProductTiles.dot(
                    left + layout.sharedMain, right + layout.sharedMain, tiles: (width - layout.sharedMain) / 8)
            }
        }
    }
}
