internal import LinearAlgebra
internal import Parallelism

/// First and second derivatives of the log-likelihood at one Λ, in the elements of Λ's lower triangle.
///
/// With P = W − WXA⁻¹XᵀW (W without intercept) and D_E = I ⊗ E: the expected information is ½tr(PD_EPD_E′), the
/// observed −½tr(PD_EPD_E′) + yᵀPD_EPD_E′Py.
struct LikelihoodDerivatives: Sendable {
    /// ∂l/∂Λ, so that dl = ⟨∂l/∂Λ, dΛ⟩.
    let gradient: Matrix
    /// q × q.
    let expectedInformation: Matrix
    /// q × q.
    let observedInformation: Matrix
}

extension LikelihoodBlocks {
    /// At a Λ where `value` exists.
    func derivatives(_ lambda: Matrix, _ value: LikelihoodValue) -> LikelihoodDerivatives? {
        let chunks = chunks
        let layout = DerivativeLayout(order: order, rank: rank)
        var sums = Array(repeating: 0.0, count: layout.count)
        for part in concurrentMap(chunks.count, { sum(chunks[$0], lambda, value) }) {
            guard let part else { return nil }
            for index in sums.indices { sums[index] += part[index] }
        }
        return layout.derivatives(sums, intercept: value.meanRoot != nil)
    }

    private func sum(_ part: Range<Int>, _ lambda: Matrix, _ value: LikelihoodValue) -> [Double]? {
        var kernel = BlockKernel(self)
        var derivatives = DerivativeKernel(self, intercept: value.meanRoot != nil)
        let root = value.meanRoot ?? lambda
        let complete = withPointers { pointers in
            lambda.elements.withUnsafeBufferPointer { lambda in
                value.mean.withUnsafeBufferPointer { mean in
                    root.elements.withUnsafeBufferPointer { root in
                        guard let lambda = lambda.baseAddress, let mean = mean.baseAddress, let root = root.baseAddress
                        else { return false }
                        for k in part {
                            guard kernel.load(k, pointers, lambda) else { return false }
                            derivatives.add(k, kernel, pointers, mean: mean, root: root)
                        }
                        derivatives.flush()
                        return true
                    }
                }
            }
        }
        guard complete == true else { return nil }
        return Array(UnsafeBufferPointer(start: derivatives.sums, count: derivatives.layout.count))
    }
}

extension DerivativeLayout {
    /// The derivatives from complete sums.
    func derivatives(_ sums: [Double], intercept: Bool) -> LikelihoodDerivatives {
        var gradient = PackedSymmetric.unpack(sums, at: self.gradient, order: order)
        gradient = 0.5 * gradient
        var expected = contracted(sums, at: crossed)
        var second = contracted(sums, at: observed)
        for s in 0..<packed {
            for t in 0..<packed {
                let (row, column) = (max(s, t), min(s, t))
                if rank > 0 {
                    expected[s, t] += sums[shared + row * packed + column]
                    second[s, t] -= sums[sharedObserved + row * packed + column]
                }
                guard intercept else { continue }
                for c in 0..<order {
                    second[s, t] -= sums[residual + s * order + c] * sums[residual + t * order + c]
                }
            }
        }
        if intercept {
            let projections = projections(sums)
            for s in 0..<packed { for t in 0..<packed { expected[s, t] += dot(projections[s], projections[t]) } }
        }
        expected = 0.5 * expected.symmetrised
        return LikelihoodDerivatives(
            gradient: gradient, expectedInformation: expected,
            observedInformation: (second - expected).symmetrised)
    }

    /// tr(N E P E′) for every pair, from Σ N ⊗ P over packed triangles.
    private func contracted(_ sums: [Double], at offset: Int) -> Matrix {
        func product(_ s: Int, _ t: Int) -> Double {
            (sums[offset + s * packedStride + t] + sums[offset + t * packedStride + s]) / 2
        }
        var result = Matrix(rows: packed, columns: packed)
        for a in 0..<order {
            for b in 0...a {
                for c in 0..<order {
                    for d in 0...c {
                        var sum = 0.0
                        for (x, y) in a == b ? [(a, b)] : [(a, b), (b, a)] {
                            for (u, v) in c == d ? [(c, d)] : [(c, d), (d, c)] {
                                sum += product(PackedSymmetric.index(v, x), PackedSymmetric.index(y, u))
                            }
                        }
                        result[PackedSymmetric.index(a, b), PackedSymmetric.index(c, d)] = sum
                    }
                }
            }
        }
        return result
    }

    /// Σ_i Y_iᵀEY_i for every E, as flat matrices.
    private func projections(_ sums: [Double]) -> [[Double]] {
        var result: [[Double]] = []
        for a in 0..<order {
            for b in 0...a {
                // Σ_i Y_i[a, c]Y_i[b, d] at (c, d), and its transpose where E_ab has two ones.
                func element(_ c: Int, _ d: Int) -> Double {
                    sums[projected + (a * order + c) * squareStride + b * order + d]
                }
                var flat: [Double] = []
                for c in 0..<order {
                    for d in 0..<order { flat.append(a == b ? element(c, d) : element(c, d) + element(d, c)) }
                }
                result.append(flat)
            }
        }
        return result
    }
}
