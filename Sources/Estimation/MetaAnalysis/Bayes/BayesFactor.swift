internal import Probability

/// The evidence for a null hypothesis over the model that holds it as a special case: BF₀₁ = p(δ | null)/p(δ | model).
///
/// Source: Kass and Raftery, "Bayes Factors", Journal of the American Statistical Association 90(430), 1995.
package struct BayesFactor: Sendable, Equatable {
    package enum Side: String, Sendable {
        case null
        case model
    }

    /// log BF₀₁.
    package let log: Double

    /// BF₀₁; 0 or infinite where it leaves the range of numbers.
    package var estimate: Double { Elementary.exp(log) }
    package var favours: Side { log >= 0 ? .null : .model }
}
