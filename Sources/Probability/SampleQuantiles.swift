/// Quantiles of a sample by linear interpolation of its order statistics at (n − 1)p, type 7.
///
/// Source: Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50(4), 1996.
package enum SampleQuantiles {
    /// The quantile of values in ascending order; nil for an empty sample or p outside [0, 1].
    package static func quantile(_ p: Double, sorted values: [Double]) -> Double? {
        guard let last = values.last, p >= 0, p <= 1 else { return nil }
        let position = Double(values.count - 1) * p
        let index = Int(position)
        guard index + 1 < values.count else { return last }
        return values[index] + (position - Double(index)) * (values[index + 1] - values[index])
    }

    package static func quantile(_ p: Double, of values: [Double]) -> Double? {
        quantile(p, sorted: values.sorted())
    }
}

/// Mean and spread of a sample, stable for values far from zero.
package enum SampleMoments {
    /// Not a number for an empty sample.
    package static func mean(_ values: [Double]) -> Double {
        let count = Double(values.count)
        let rough = values.reduce(0, +) / count
        return rough + values.reduce(0) { $0 + ($1 - rough) } / count
    }

    /// Σ(x − x̄)²/(n − 1); not a number below two values.
    package static func variance(_ values: [Double]) -> Double {
        guard values.count > 1 else { return .nan }
        let centre = mean(values)
        return values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(values.count - 1)
    }

    package static func standardDeviation(_ values: [Double]) -> Double { variance(values).squareRoot() }
}
