internal import LinearAlgebra
internal import Probability

extension ProxyModel {
    /// How strongly the arms move the proxies.
    ///
    /// - Throws: `needsCounts`, `singularNoise`.
    package func strength() throws(EstimationError) -> ProxyStrength {
        guard effects.counts != nil else { throw .needsCounts(estimator: "The strength of proxies") }
        let moments = read(sums.total)
        let indices = Array(1...proxies.count)
        let scatter = moments.scatter.submatrix(rows: indices, columns: indices)
        let noise = moments.unitCovariance.submatrix(rows: indices, columns: indices)
        guard let values = eigenvalues(scatter, noise, noise.diagonal), let smallest = values.first else {
            throw .singularNoise(metrics: proxies)
        }
        let degrees = moments.scatterDegrees
        return ProxyStrength(
            degreesOfFreedom: degrees, concentration: values.reduce(0, +) - degrees * Double(proxies.count),
            fStatistic: smallest / degrees, excess: (smallest - degrees) / degrees.squareRoot())
    }

    /// κ against chi-squared on J′ − p degrees of freedom, valid where arms share one noise covariance.
    ///
    /// Source: Anderson and Rubin, Annals of Mathematical Statistics 21(4), 1950.
    /// - Throws: `needsCounts`, `singularNoise`.
    package func overIdentification() throws(EstimationError) -> OverIdentification {
        guard effects.counts != nil else { throw .needsCounts(estimator: "The over-identification test") }
        let moments = read(sums.total)
        let solver = solver(.liml)
        // κ is there even where no coefficient is.
        _ = moments.sums.withUnsafeBufferPointer { sums in sums.baseAddress.flatMap { solver.solve($0) } }
        guard let kappa = solver.kappa else { throw .singularNoise(metrics: effects.metrics) }
        let degrees = moments.scatterDegrees - Double(proxies.count)
        return OverIdentification(
            statistic: kappa, degreesOfFreedom: degrees,
            pValue: degrees > 0 ? ChiSquared(degreesOfFreedom: degrees).upperTail(kappa) : nil)
    }
}
