package import LinearAlgebra
internal import Probability

/// The covariance of true effects by restricted maximum likelihood: τ̂_j ~ Normal(τ_j, V), τ_j ~ Normal(μ, Λ), V known.
///
/// Λ̂ maximises the restricted likelihood over positive semi-definite matrices; without intercept μ = 0 and the
/// likelihood is the ordinary one. A singular Λ̂ is common where experiments are weak: it is then on the boundary, and
/// says so. The same result under any units of the metrics.
/// Assumed: normal noise of known covariance, normal true effects, those of one experiment's arms independent given μ.
/// Sources: Jackson, White and Riley, Biometrical Journal 55(2), 2013; Berkey et al., Statistics in Medicine 17(22),
/// 1998; Lindstrom and Bates, Journal of the American Statistical Association 83(404), 1988.
package struct CovarianceREML: Sendable, Equatable {
    package let metrics: [String]
    package let intercept: Bool
    package let experimentCount: Int
    package let effectCount: Int
    /// μ̂, generalised least squares; zeros without intercept.
    package let mean: [Double]
    /// A⁻¹ of μ̂, G × G; nil without intercept.
    package let meanCovariance: Matrix?
    /// Λ̂, G × G.
    package let covariance: Matrix
    /// Of Λ̂, ascending; those of directions that are zero are exactly so.
    package let eigenvalues: [Double]
    /// The number of directions in which true effects vary, at most G.
    package let rank: Int
    /// Of Λ̂'s lower triangle (packed, q × q): the inverse expected information.
    ///
    /// On the boundary it is that of the directions which keep the rank, B(BᵀIB)⁻¹Bᵀ with B their basis, so it is
    /// conditional on the rank found. nil where Λ̂ is zero, or the information is singular.
    package let informationInverse: Matrix?
    /// Restricted, with all constants; the ordinary one without intercept.
    package let logLikelihood: Double
    /// Newton steps taken.
    package let iterations: Int

    /// Whether Λ̂ is singular.
    package var isBoundary: Bool { rank < metrics.count }

    /// Λ̂_ij/√(Λ̂_iiΛ̂_jj), within ±1; nil where a variance is zero.
    package func correlation(_ i: Int, _ j: Int) -> Double? {
        guard covariance[i, i] > 0, covariance[j, j] > 0 else { return nil }
        guard i != j else { return 1 }
        let value = covariance[i, j] / covariance[i, i].squareRoot() / covariance[j, j].squareRoot()
        return min(1, max(-1, value))
    }

    /// nil where there is none (see `informationInverse`), or where the rank found leaves the entry no room.
    package func standardError(_ i: Int, _ j: Int) -> Double? {
        let index = PackedSymmetric.index(i, j)
        guard let variance = informationInverse?[index, index], variance > 0 else { return nil }
        return variance.squareRoot()
    }
}

extension CovarianceREML {
    /// Fits the model; cost linear in experiments.
    ///
    /// - Throws: `tooFewEffects` below two (one without intercept); `indefiniteNoise` where a shared covariance has a
    ///   negative direction; `singularNoise` where noise is zero in a direction; `noConvergence`.
    package init(_ effects: TreatmentEffects, intercept: Bool = true) throws(EstimationError) {
        let needed = intercept ? 2 : 1
        guard effects.count >= needed else { throw .tooFewEffects(needed: needed, found: effects.count) }
        let start = try LikelihoodStart(effects, intercept: intercept)
        let blocks = try LikelihoodBlocks(effects, start: start)
        let maximum = try LikelihoodMaximum(
            blocks, start: start.covariance, intercept: intercept, metrics: effects.metrics)
        let scales = start.scales
        metrics = effects.metrics
        self.intercept = intercept
        experimentCount = effects.experimentCount
        effectCount = effects.count
        mean = maximum.value.mean.indices.map { maximum.value.mean[$0] * scales[$0] + start.centre[$0] }
        meanCovariance = maximum.value.meanCovariance.map { CovarianceREML.scaled($0, by: scales) }
        covariance = CovarianceREML.scaled(maximum.covariance, by: scales)
        rank = maximum.rank
        var values = (try? SymmetricEigen(covariance).values) ?? []
        for index in values.indices { values[index] = index < effects.order - rank ? 0 : max(0, values[index]) }
        eigenvalues = values
        informationInverse = CovarianceREML.inverseInformation(maximum, scales: scales)
        let logScale = scales.reduce(0) { $0 + Elementary.log($1) }
        logLikelihood =
            maximum.value.logLikelihood - Double(effects.count - (intercept ? 1 : 0)) * logScale
        iterations = maximum.iterations
    }

    /// DΛD with D the scales.
    private static func scaled(_ matrix: Matrix, by scales: [Double]) -> Matrix {
        var result = matrix
        for i in scales.indices { for j in scales.indices { result[i, j] *= scales[i] * scales[j] } }
        return result
    }

    private static func inverseInformation(_ maximum: LikelihoodMaximum, scales: [Double]) -> Matrix? {
        guard maximum.rank > 0, let chart = LikelihoodChart(maximum.covariance) else { return nil }
        let order = scales.count
        var products: [Double] = []
        var kept: [Int] = []
        for i in 0..<order {
            for j in 0...i {
                products.append(scales[i] * scales[j])
                if j < maximum.rank { kept.append(PackedSymmetric.index(i, j)) }
            }
        }
        let all = Array(products.indices)
        let basis = chart.jacobian(unit: true).submatrix(rows: all, columns: kept)
        let information = basis.transposed * maximum.derivatives.expectedInformation * basis
        guard let inverse = try? Cholesky(information.symmetrised).inverse else { return nil }
        var result = (basis * inverse * basis.transposed).symmetrised
        for s in all { for t in all { result[s, t] *= products[s] * products[t] } }
        return result
    }
}
