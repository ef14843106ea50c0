/// An estimator as a simulation asks for it.
package struct SimulatedEstimator: Sendable, Hashable {
    package let estimator: ProxyEstimator
    package let intercept: Bool

    package init(_ estimator: ProxyEstimator, intercept: Bool = true) {
        self.estimator = estimator
        self.intercept = intercept
    }
}
