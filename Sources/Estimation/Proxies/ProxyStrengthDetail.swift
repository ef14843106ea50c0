internal import LinearAlgebra

/// How strongly the arms move each proxy beside the others, and which combination they move least.
package struct ProxyStrengthDetail: Sendable, Equatable {
    /// F_j|−j, in the order of `proxies`; the ordinary first-stage F for one proxy.
    package let conditionalF: [Double]
    /// J′ − p + 1.
    package let degreesOfFreedom: Double
    /// The combination with the least scatter against noise, λ_min's: its factors in front of each proxy divided by its
    /// unit standard deviation √Ω̂_jj, of unit length, the largest positive.
    package let weakestDirection: [Double]
    /// λ_min/J′.
    package let weakestF: Double
}

extension ProxyModel {
    /// Conditional F of each proxy, and the weakest direction.
    ///
    /// For proxy j let d = e_j − δ with δ = M_₋ⱼ₋ⱼ⁻¹M_₋ⱼj the two-stage least squares coefficients of j on the others.
    /// Then F_j|−j = dᵀM_SSd/((J′ − p + 1) dᵀΩ̂_SSd): the strength that is left to j when the others' is used, on
    /// J′ − (p − 1) degrees of freedom. Small where two proxies are moved together though each is moved strongly.
    /// Source: Sanderson and Windmeijer, Journal of Econometrics 190(2), 2016.
    ///
    /// - Throws: `needsCounts`, `singularNoise`; `tooFewEffects` where J′ < p;
    ///   `proxiesNotPositiveDefinite` where M_SS is singular.
    package func strengthDetail() throws(EstimationError) -> ProxyStrengthDetail {
        guard effects.counts != nil else { throw .needsCounts(estimator: "The strength of proxies") }
        let moments = read(sums.total)
        let size = proxies.count
        let degrees = moments.scatterDegrees - Double(size - 1)
        guard degrees > 0 else { throw .tooFewEffects(needed: size + (intercept ? 1 : 0), found: effects.count) }
        let indices = Array(1...size)
        let noise = moments.unitCovariance.submatrix(rows: indices, columns: indices)
        let spread = noise.diagonal
        guard spread.allSatisfy({ $0 > 0 }) else { throw .singularNoise(metrics: proxies) }
        // All in units of each proxy's standard deviation; F does not depend on them.
        let scaledNoise = CovarianceModel.scaled(noise, by: spread)
        let scatter = CovarianceModel.scaled(
            moments.scatter.submatrix(rows: indices, columns: indices), by: spread)
        guard (try? Cholesky(scaledNoise, tolerance: 1e-11)) != nil,
            let eigen = try? GeneralisedEigen(scatter, scaledNoise), let smallest = eigen.values.first
        else { throw .singularNoise(metrics: proxies) }
        guard let inverse = inverse(ofSymmetric: scatter, scale: scatter.diagonal[...]) else {
            throw .proxiesNotPositiveDefinite(
                estimator: "The conditional F", metrics: proxies, smallestEigenvalue: smallest)
        }
        // d is M⁻¹e_j/(M⁻¹)_jj, and dᵀMd is 1/(M⁻¹)_jj.
        let conditional = (0..<size).map { j in
            let direction = inverse.column(j)
            return inverse[j, j] / (degrees * scaledNoise.quadraticForm(direction, direction))
        }
        return ProxyStrengthDetail(
            conditionalF: conditional, degreesOfFreedom: degrees,
            weakestDirection: ProxyStrengthDetail.normalised(eigen.vectors.column(0)),
            weakestF: smallest / moments.scatterDegrees)
    }
}

extension ProxyStrengthDetail {
    /// Of unit length, the first of the components that are largest in absolute value to a relative 1e-9 positive.
    static func normalised(_ vector: [Double]) -> [Double] {
        let length = dot(vector, vector).squareRoot()
        let largest = vector.map(\.magnitude).max() ?? 0
        let sign = (vector.first { $0.magnitude >= largest * (1 - 1e-9) } ?? 1) < 0 ? -1.0 : 1
        return length > 0 ? vector.map { sign * $0 / length } : vector
    }
}
