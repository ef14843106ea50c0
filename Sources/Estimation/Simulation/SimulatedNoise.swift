/// Whether estimators are told the covariance of units or estimate it.
package enum SimulatedNoise: String, Sendable, CaseIterable {
    /// Ω itself.
    case known
    /// Each arm's own Ω̂_a ~ Wishart(n − 1, Ω)/(n − 1).
    case estimated
}
