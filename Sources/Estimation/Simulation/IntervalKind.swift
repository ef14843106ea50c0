internal import Probability

/// How an interval for coefficients is made, for counting how often it covers the truth.
package enum IntervalKind: String, Sendable, CaseIterable {
    case jackknife
    /// Bootstrap over experiments, percentiles.
    case percentile

    /// Draws of the bootstrap in one simulated data set.
    package static let bootstrapDraws = 200

    /// For which parameters it makes intervals: the proxies, or `joint` for a set of all coefficients at once.
    package func parameters(_ proxies: [String]) -> [String] {
        switch self {
        case .jackknife, .percentile: proxies
        }
    }

    /// Whether each parameter's interval contains the true value; nil where this data set gives none.
    ///
    /// This is where a further kind of interval is added: a case above, its parameters, and its call here.
    /// - Parameters:
    ///   - truth: β, by proxy.
    ///   - stream: Of this data set alone, for intervals that draw.
    func covers(
        _ truth: [Double], _ model: ProxyModel, _ estimator: ProxyEstimator, level: Double, stream: RandomStream
    ) -> [Bool?] {
        switch self {
        case .jackknife: contain(truth, try? model.estimate(estimator, level: level).jackknife)
        case .percentile:
            contain(
                truth,
                try? model.bootstrap(estimator, draws: IntervalKind.bootstrapDraws, stream: stream, level: level))
        }
    }

    private func contain(_ truth: [Double], _ uncertainty: ProxyUncertainty?) -> [Bool?] {
        guard let intervals = uncertainty?.intervals else { return truth.map { _ in nil } }
        return zip(intervals, truth).map { $0.contains($1) }
    }
}
