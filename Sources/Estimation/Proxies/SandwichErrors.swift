internal import LinearAlgebra

extension ProxyModel {
    /// Standard errors of naive, tc and jive from each experiment's share of the estimating equation.
    ///
    /// With x_j = τ̂_j − τ̄ (τ̂_j without intercept), ε_j = x_jY − β̂ᵀx_jS and weights w_j that sum to 1:
    ///
    ///     g_k = (Σ_{j in k} w_j x_jS ε_j − (N_k)_Sε)/d,   Σ_k g_k = Λ̂_SY − Λ̂_SSβ̂ = 0
    ///     V(β̂) = c H⁻¹(Σ_k g_kg_kᵀ)H⁻¹,   H = Λ̂_SS,   c = K/(K − q),  q = p, or p + 1 with intercept.
    ///
    /// N_k is the experiment's share of the noise: for jive Σ w_jV_jj − Σ_{j,l} w_jw_lV_jl over its arms; for tc
    /// f_kΩ̂ + fΩ̂'s own share, f = Σ f_k, (Σ_{a in k}(n_a − 1)Ω̂_a − ν_kΩ̂)/ν, so that the error of Ω̂ counts. With
    /// intercept α̂'s share is h_k = Σ_{j in k} w_jε_j − τ̄_SᵀH⁻¹g_k and the joint covariance is of (H⁻¹g_k, h_k).
    ///
    /// Valid with direct effects, for heteroskedastic experiments and for any number of them with K → ∞: only
    /// experiments need be independent. Where H is small against its own error (`ProxyStrength.excess`) no Wald interval
    /// is to be trusted. c is the factor of regression with clusters of one; Student's t with K − q degrees of freedom.
    /// Sources: White, Econometrica 48(4), 1980; Liang and Zeger, Biometrika 73(1), 1986; the factor: MacKinnon and
    /// White, Journal of Econometrics 29(3), 1985.
    ///
    /// - Returns: nil for other estimators, and where K ≤ q.
    /// - Throws: `invalidLevel`, and what `solve` throws.
    package func sandwichErrors(
        _ estimator: ProxyEstimator, level: Double = 0.95
    ) throws(EstimationError) -> WaldUncertainty? {
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        guard let kind = estimator.covarianceEstimator else { return nil }
        let moments = read(sums.total)
        let solution = try solve(estimator, moments)
        let used = proxies.count + (intercept ? 1 : 0)
        let count = effects.experimentCount
        guard count > used else { return nil }
        let covariance = CovarianceModel.covariance(kind, moments)
        let indices = Array(1...proxies.count)
        let bread = covariance.submatrix(rows: indices, columns: indices)
        guard let inverse = inverse(ofSymmetric: bread, scale: moments.scatterOfEffects.diagonal.dropFirst()) else {
            return nil
        }
        let shares = ScoreShares(kind, moments, coefficients: solution.coefficients, shift: sums.shift)
        let meat = crossProducts(shares.map(inverse: inverse))
        let factor = Double(count) / Double(count - used)
        return WaldUncertainty(
            solution, joint: factor * meat, hasIntercept: intercept, level: level,
            degreesOfFreedom: Double(count - used))
    }

    /// Σ_k (L s_k)(L s_k)ᵀ over the experiments' shares s_k.
    private func crossProducts(_ map: Matrix) -> Matrix {
        var result = Matrix(rows: map.rows, columns: map.rows)
        var share = sums.total
        var image = Array(repeating: 0.0, count: map.rows)
        for k in 0..<effects.experimentCount {
            sums.share(k, into: &share)
            for i in image.indices {
                var sum = 0.0
                for index in share.indices { sum += map.elements[i * map.columns + index] * share[index] }
                image[i] = sum
            }
            for i in image.indices { for j in image.indices { result[i, j] += image[i] * image[j] } }
        }
        return result
    }
}

/// An experiment's share of (β̂, α̂), which is linear in its share of the sums.
struct ScoreShares: Sendable {
    private let kind: CovarianceEstimator
    private let moments: SecondMoments
    private let contrast: [Double]
    private let mean: [Double]
    /// τ̄_S as it was before the shift.
    private let proxyMeans: [Double]
    private let unitCovariance: Matrix
    private let weight: Double
    private let factor: Double

    init(_ kind: CovarianceEstimator, _ moments: SecondMoments, coefficients: [Double], shift: [Double]) {
        self.kind = kind
        self.moments = moments
        contrast = [1] + coefficients.map { -$0 }
        mean = moments.intercept ? moments.mean : Array(repeating: 0, count: shift.count)
        proxyMeans = zip(moments.mean, shift).dropFirst().map { $0 + $1 }
        weight = moments.sums[SumsLayout.weight]
        unitCovariance =
            kind == .tc ? moments.unitCovariance : Matrix(rows: shift.count, columns: shift.count)
        var factor = moments.sums[SumsLayout.unitNoise] / weight
        if moments.intercept { factor -= moments.sums[SumsLayout.unitNoiseSquare] / (weight * weight) }
        self.factor = factor
    }

    /// L with (H⁻¹g_k, h_k) = L s_k, column by column.
    func map(inverse: Matrix) -> Matrix {
        let columns = moments.layout.count
        var result = Matrix(rows: inverse.rows + (moments.intercept ? 1 : 0), columns: columns)
        for column in 0..<columns {
            var unit = Array(repeating: 0.0, count: columns)
            unit[column] = 1
            for (i, value) in influence(unit, inverse: inverse).enumerated() { result[i, column] = value }
        }
        return result
    }

    /// (H⁻¹g_k, h_k), or H⁻¹g_k alone without intercept.
    private func influence(_ share: [Double], inverse: Matrix) -> [Double] {
        let layout = moments.layout
        let order = layout.order
        func matrix(_ offset: Int) -> Matrix { PackedSymmetric.unpack(share, at: offset, order: order) }
        // Σ w_j (τ_j − τ̄)(τ_j − τ̄)ᵀ from the sums about the shift.
        let first = (0..<order).map { share[layout.mean + $0] / weight }
        let part = share[SumsLayout.weight] / weight
        let error = dot(first, contrast) - part * dot(mean, contrast)
        let second = (matrix(layout.second) / weight) * contrast
        let noise = noise(share, matrix) * contrast
        let score = (1..<order).map { i in
            let centred = second[i] - first[i] * dot(mean, contrast) - mean[i] * error
            return (centred - noise[i]) / moments.divisor
        }
        let slopes = inverse * score
        return moments.intercept ? slopes + [error - dot(proxyMeans, slopes)] : slopes
    }

    /// N_k.
    private func noise(_ share: [Double], _ matrix: (Int) -> Matrix) -> Matrix {
        let layout = moments.layout
        switch kind {
        case .naive: return Matrix(rows: layout.order, columns: layout.order)
        case .jive:
            let own = matrix(layout.noise) / weight
            return moments.intercept ? own - matrix(layout.noiseSquare) / (weight * weight) : own
        case .tc:
            var ownFactor = share[SumsLayout.unitNoise] / weight
            if moments.intercept { ownFactor -= share[SumsLayout.unitNoiseSquare] / (weight * weight) }
            let degrees = share[SumsLayout.degreesOfFreedom]
            let deviation = matrix(layout.pooled) - degrees * unitCovariance
            return ownFactor * unitCovariance + (factor / moments.degreesOfFreedom) * deviation
        }
    }
}
