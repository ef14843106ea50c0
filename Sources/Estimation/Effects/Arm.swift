package import LinearAlgebra

/// One arm of an experiment: its units' number, means and covariance.
package struct Arm: Sendable, Equatable {
    package var name: String
    package var count: Int
    /// One for every metric.
    package var mean: [Double]
    /// The unbiased covariance of units, divisor count − 1.
    package var covariance: Matrix

    package init(name: String, count: Int, mean: [Double], covariance: Matrix) {
        self.name = name
        self.count = count
        self.mean = mean
        self.covariance = covariance
    }
}
