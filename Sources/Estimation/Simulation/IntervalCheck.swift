package import Probability

/// A way to make intervals, as a study counts how often they cover the truth.
///
/// A further kind is one more value here and in `all`; studies and reports take it from there.
package struct IntervalCheck: Sendable {
    /// One simulated data set, with what is true of it.
    package struct Case: Sendable {
        package let model: ProxyModel
        /// nil for a joint check.
        package let estimator: ProxyEstimator?
        /// β, by proxy.
        package let truth: [Double]
        package let level: Double
        /// Of this data set alone, for intervals that draw.
        package let stream: RandomStream
    }

    /// As written in a document.
    package let name: String
    /// Whether it is one set of all coefficients at once, made without an estimator.
    package let isJoint: Bool
    /// The fewest experiments that it can be made of.
    package let fewestExperiments: Int
    /// Whether there are such intervals for an estimator.
    let applies: @Sendable (ProxyEstimator) -> Bool
    /// Whether each proxy's interval, or the joint set, contains the truth; nil where this data set gives none.
    let covers: @Sendable (Case) -> [Bool?]

    package init(
        _ name: String, isJoint: Bool = false, fewestExperiments: Int = 2,
        applies: @escaping @Sendable (ProxyEstimator) -> Bool = { _ in true },
        covers: @escaping @Sendable (Case) -> [Bool?]
    ) {
        self.name = name
        self.isJoint = isJoint
        self.fewestExperiments = fewestExperiments
        self.applies = applies
        self.covers = covers
    }

    package static let all = [jackknife, percentile]

    package static func named(_ name: String) -> IntervalCheck? { all.first { $0.name == name } }

    /// Student's intervals by leaving out one experiment at a time.
    package static let jackknife = IntervalCheck("jackknife", fewestExperiments: 3) { item in
        guard let estimator = item.estimator else { return [] }
        return contain(item.truth, try? item.model.estimate(estimator, level: item.level).jackknife)
    }

    /// Draws of the bootstrap in one simulated data set.
    package static let bootstrapDraws = 200

    /// Percentiles of the bootstrap over experiments.
    package static let percentile = IntervalCheck("percentile", fewestExperiments: 3) { item in
        guard let estimator = item.estimator else { return [] }
        let bootstrap = try? item.model.bootstrap(
            estimator, draws: bootstrapDraws, stream: item.stream, level: item.level)
        return contain(item.truth, bootstrap)
    }

    private static func contain(_ truth: [Double], _ uncertainty: ProxyUncertainty?) -> [Bool?] {
        guard let intervals = uncertainty?.intervals else { return [] }
        return zip(intervals, truth).map { $0.contains($1) }
    }
}
