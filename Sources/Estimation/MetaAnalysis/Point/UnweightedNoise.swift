internal import LinearAlgebra

/// What Hedges' estimator reads: P₀ = I − X(XᵀX)⁻¹Xᵀ of ordinary least squares, with Σ.
struct UnweightedNoise: Sendable {
    /// yᵀP₀y.
    let residual: Double
    /// tr P₀Σ.
    let trace: Double
    /// tr P₀ΣP₀Σ.
    let squareTrace: Double
    /// N − p.
    let degreesOfFreedom: Double

    /// - Throws: `noConvergence` where sums are not finite or columns are dependent.
    init(_ model: EffectModel) throws(EstimationError) {
        let p = model.columnCount
        // XᵀX, XᵀΣX, XᵀΣΣX; Xᵀy; yᵀy, tr Σ, tr ΣΣ.
        var (gram, once, twice) = (
            Matrix(rows: p, columns: p), Matrix(rows: p, columns: p), Matrix(rows: p, columns: p)
        )
        var right = Array(repeating: 0.0, count: p)
        var (square, trace, squareTrace) = (0.0, 0.0, 0.0)
        for k in 0..<model.blockCount {
            let range = model.range(k)
            var products: [[Double]] = []
            for a in 0..<p { products.append(model.noise(k, times: range.map { model.column(a, $0) })) }
            for (i, j) in range.enumerated() {
                square += model.effects[j] * model.effects[j]
                for a in 0..<p {
                    let x = model.column(a, j)
                    right[a] += x * model.effects[j]
                    for b in 0..<p {
                        gram[a, b] += x * model.column(b, j)
                        once[a, b] += x * products[b][i]
                        twice[a, b] += products[a][i] * products[b][i]
                    }
                }
            }
            let traces = model.noiseTraces(k)
            trace += traces.once
            squareTrace += traces.twice
        }
        guard square.isFinite, squareTrace.isFinite, twice.isFinite, let factor = try? Cholesky(gram) else {
            throw .noConvergence(method: "Ordinary least squares")
        }
        let first = factor.solve(once)
        residual = max(0, square - dot(right, factor.solve(right)))
        self.trace = trace - first.trace
        self.squareTrace = squareTrace - 2 * factor.solve(twice).trace + (first * first).trace
        degreesOfFreedom = Double(model.count - p)
    }
}

extension EffectModel {
    /// The rank-one terms of Σ_k.
    private func noiseTerms(_ k: Int) -> [(coefficient: Double, direction: [Double])] {
        var terms: [(coefficient: Double, direction: [Double])] = []
        if !shared.isEmpty, shared[k] > 0 {
            terms.append((shared[k], range(k).map { multipliers.isEmpty ? 1 : multipliers[$0] }))
        }
        if !scaleNoise.isEmpty, scaleNoise[k] > 0 {
            terms.append((scaleNoise[k], range(k).map { scaleMultipliers[$0] }))
        }
        return terms
    }

    /// Σ_kx.
    func noise(_ k: Int, times x: [Double]) -> [Double] {
        var result = zip(own[range(k)], x).map { $0 * $1 }
        for (coefficient, direction) in noiseTerms(k) {
            let share = coefficient * dot(direction, x)
            for i in result.indices { result[i] += share * direction[i] }
        }
        return result
    }

    /// tr Σ_k and tr Σ_kΣ_k.
    func noiseTraces(_ k: Int) -> (once: Double, twice: Double) {
        let own = self.own[range(k)]
        var once = own.reduce(0, +)
        var twice = own.reduce(0) { $0 + $1 * $1 }
        let terms = noiseTerms(k)
        for (coefficient, direction) in terms {
            once += coefficient * dot(direction, direction)
            for (variance, u) in zip(own, direction) { twice += 2 * coefficient * variance * u * u }
            for (other, second) in terms {
                let product = dot(direction, second)
                twice += coefficient * other * product * product
            }
        }
        return (once, twice)
    }
}
