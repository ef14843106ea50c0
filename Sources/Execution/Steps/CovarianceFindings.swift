import Diagnostics
import Estimation

/// What must be said beside covariances, gathered over all assumed noises so that it is said once.
struct CovarianceFindings {
    let assumptions: NoiseAssumptions
    /// Estimates that are not positive semi-definite.
    var indefinite: [(estimator: String, noise: String, frequency: Double?, isRepaired: Bool)] = []
    /// Fits by restricted maximum likelihood whose covariance is singular.
    var boundaries: [(noise: String, rank: Int, order: Int)] = []
    var failures: [(estimator: String, noise: String, error: EstimationError)] = []

    /// An estimator that fails under every assumption is an error; everything else is a remark beside the numbers.
    func report(_ estimators: [String], _ context: inout StepContext) throws(StepFailure) {
        for estimator in estimators {
            reportIndefinite(estimator, &context)
            let own = failures.filter { $0.estimator == estimator }
            guard let first = own.first else { continue }
            if own.count == assumptions.cases.count {
                context.diagnostics.append(
                    .notEstimable(first.error, at: context.range(of: "estimators"), by: estimator))
            } else {
                context.findings.append(
                    "\(EstimatorNames.title(estimator)) gives no covariance"
                        + "\(assumptions.under(own.map(\.noise))). \(first.error.message).")
            }
        }
        if let first = boundaries.first {
            let ranks = boundaries.map(\.rank)
            let found = (ranks.min() ?? 0) == (ranks.max() ?? 0) ? "\(first.rank)" : "\(ranks.min() ?? 0) or more"
            context.findings.append(
                "REML's covariance is on the boundary\(assumptions.under(boundaries.map(\.noise))): true effects vary in \(found) of "
                    + "\(first.order) directions, and its intervals are conditional on that.")
        }
        if context.diagnostics.hasErrors { throw StepFailure() }
    }

    private func reportIndefinite(_ estimator: String, _ context: inout StepContext) {
        let cases = indefinite.filter { $0.estimator == estimator }
        guard !cases.isEmpty else { return }
        var sentence = "The \(EstimatorNames.title(estimator)) covariance is not positive semi-definite"
        sentence += assumptions.under(cases.map(\.noise))
        let shares = cases.compactMap(\.frequency).map { "\(NumberText.short(($0 * 1000).rounded() / 10))%" }
        if !shares.isEmpty {
            sentence += ", nor is it in \(shares.joined(separator: ", ")) of bootstrap samples of experiments"
        }
        sentence += "; it is reported as it is"
        if cases.allSatisfy(\.isRepaired) {
            sentence += ", and as “repaired” the nearest matrix that is, in the metric of the noise."
        } else {
            sentence += ", and where its noise is singular it has no repair."
        }
        context.findings.append(sentence)
    }
}
