/// The two ends of a profile-likelihood interval of a variance.
enum ProfileEnds {
    /// - Parameters:
    ///   - estimate: Where `excess` is greatest, and positive.
    ///   - start: A first step up.
    ///   - excess: Falls on both sides of the estimate; its roots are the ends. The lower is 0 where it is positive there.
    static func find(
        around estimate: Double, start: Double, _ excess: (Double) throws(EstimationError) -> Double
    ) throws(EstimationError) -> (lower: Double, upper: Double) {
        var step = max(estimate, start)
        while try excess(estimate + step) > 0 {
            step *= 2
            guard step < 1e300 else { throw .noConvergence(method: "The profile likelihood") }
        }
        let upper = try EstimationRoot.find(estimate, estimate + step, tolerance: 1e-12 * step, excess)
        guard estimate > 0, try excess(0) < 0 else { return (0, upper ?? estimate) }
        return (try EstimationRoot.find(0, estimate, tolerance: 1e-12 * estimate, excess) ?? 0, upper ?? estimate)
    }
}
