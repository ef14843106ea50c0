internal import Probability

/// A root of a function that may fail, which then is what fails.
enum EstimationRoot {
    /// - Returns: nil where the function has the same sign at both ends.
    static func find(
        _ lower: Double, _ upper: Double, tolerance: Double, _ function: (Double) throws(EstimationError) -> Double
    ) throws(EstimationError) -> Double? {
        var failure: EstimationError?
        let root = RootFinding.root(
            { x in
                guard failure == nil else { return 0 }
                do throws(EstimationError) {
                    return try function(x)
                } catch {
                    failure = error
                    return 0
                }
            }, lower: lower, upper: upper, tolerance: tolerance)
        if let failure { throw failure }
        return root
    }
}
