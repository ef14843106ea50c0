package import Probability

/// A way to make intervals, as a study counts how often they cover the truth.
///
/// A further kind is one more value in `all`; studies and reports take it from there.
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
        /// How many draws those take.
        package let bootstrapDraws: Int
    }

    /// As written in a document.
    package let name: String
    /// Whether it is one set of all coefficients at once, made without an estimator.
    package let isJoint: Bool
    /// The fewest experiments that it can be made of.
    package let fewestExperiments: Int
    /// Whether there are such intervals for an estimator.
    package let applies: @Sendable (ProxyEstimator) -> Bool
    /// Whether each proxy's interval, or the joint set, contains the truth; empty or nil where this data set gives none.
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

    package static func named(_ name: String) -> IntervalCheck? { all.first { $0.name == name } }
}
