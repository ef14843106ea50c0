internal import LinearAlgebra
internal import Probability

/// How far arms are from one covariance of units and from equal sizes.
///
/// tc, tsls, liml, fuller and k-class take one covariance of units for all arms, which does no harm where arms of an
/// experiment are equally large either; a reader judges that assumption by these numbers.
package struct NoiseBalance: Sendable, Equatable {
    /// Quartiles over treatment arms.
    package struct Spread: Sendable, Equatable {
        package let minimum: Double
        package let lowerQuartile: Double
        package let median: Double
        package let upperQuartile: Double
        package let maximum: Double
        /// How many arms had a ratio.
        package let count: Int

        /// By type 7 of Hyndman and Fan; nil for an empty sample.
        init?(_ values: [Double]) {
            let sorted = values.sorted()
            guard let first = sorted.first, let last = sorted.last else { return nil }
            func at(_ p: Double) -> Double { SampleQuantiles.quantile(p, sorted: sorted) ?? first }
            (minimum, lowerQuartile, median) = (first, at(0.25), at(0.5))
            (upperQuartile, maximum, count) = (at(0.75), last, sorted.count)
        }
    }

    package let metrics: [String]
    /// Unit variance of treatment over that of control on the effects' scale, by metric; nil where no control varies.
    package let varianceRatios: [Spread?]
    /// n_t/n_c.
    package let sizeRatios: Spread
}

extension TreatmentEffects {
    /// Ratios of treatments to their controls.
    ///
    /// On the relative scale both are divided by the control's squared mean, so the ratio is that of the raw variances;
    /// on the log-ratio scale each arm is divided by its own, so it is the ratio of squared coefficients of variation.
    /// - Throws: `needsCounts`.
    package func noiseBalance() throws(EstimationError) -> NoiseBalance {
        guard let counts else { throw .needsCounts(estimator: "The comparison of arms' noise") }
        let sizes = (0..<count).map { j in
            Double(counts.treatment[j]) / Double(counts.control[experimentIndices[j]])
        }
        guard let sizeRatios = NoiseBalance.Spread(sizes) else { throw .tooFewEffects(needed: 1, found: 0) }
        let ratios = (0..<order).map { metric in
            let position = PackedSymmetric.index(metric, metric)
            var values: [Double] = []
            values.reserveCapacity(count)
            for j in 0..<count {
                let control = shared[experimentIndices[j] * packedOrder + position]
                guard control > 0 else { continue }
                values.append(sizes[j] * own[j * packedOrder + position] / control)
            }
            return NoiseBalance.Spread(values)
        }
        return NoiseBalance(metrics: metrics, varianceRatios: ratios, sizeRatios: sizeRatios)
    }
}
