package import LinearAlgebra
internal import Probability

/// Standard errors from a formula, with symmetric intervals.
package struct WaldUncertainty: Sendable, Equatable {
    /// Of β̂, p × p.
    package let covariance: Matrix
    package let standardErrors: [Double]
    /// By proxy.
    package let intervals: [ConfidenceInterval]
    /// nil without intercept.
    package let interceptStandardError: Double?
    package let interceptInterval: ConfidenceInterval?
    package let level: Double
    /// Of Student's t; nil where the intervals are normal.
    package let degreesOfFreedom: Double?

    /// - Parameters:
    ///   - solution: What the covariance is of.
    ///   - joint: Of (β̂, α̂), or of β̂ alone without intercept.
    /// - Returns: nil where a variance is negative or not a number.
    init?(_ solution: ProxySolution, joint: Matrix, hasIntercept: Bool, level: Double, degreesOfFreedom: Double?) {
        guard joint.isFinite, joint.diagonal.allSatisfy({ $0 >= 0 }) else { return nil }
        let tail = (1 - level) / 2
        let multiple =
            degreesOfFreedom.map { StudentT(degreesOfFreedom: $0).upperQuantile(tail) }
            ?? Normal.standard.upperQuantile(tail)
        let errors = joint.diagonal.map { $0.squareRoot() }
        let count = solution.coefficients.count
        let intervals = zip(solution.coefficients + [solution.intercept], errors).map {
            ConfidenceInterval(lower: $0 - multiple * $1, upper: $0 + multiple * $1)
        }
        covariance = joint.submatrix(rows: Array(0..<count), columns: Array(0..<count))
        standardErrors = Array(errors[..<count])
        self.intervals = Array(intervals[..<count])
        interceptStandardError = hasIntercept ? errors.last : nil
        interceptInterval = hasIntercept ? intervals.last : nil
        self.level = level
        self.degreesOfFreedom = degreesOfFreedom
    }
}
