/// An estimator of the coefficients that turn effects on proxies into an effect on the outcome.
package enum ProxyEstimator: Sendable, Hashable {
    /// Λ_SS⁻¹Λ_SY from the covariance of estimated effects.
    case naive
    /// The same from the total covariance less pooled noise.
    case tc
    /// The same from the total covariance less each arm's own noise.
    case jive
    /// β(0).
    case tsls
    /// β(κ), κ the smallest eigenvalue of Mγ = κΩ̂γ.
    case liml
    /// β(κ − α).
    case fuller(Double)
    /// β((k − 1)ν) of the textbook's k.
    case kClass(Double)
    /// (M_SS − κN_SS)⁻¹(M_SY − κN_SY), N the noise of M under each arm's own covariance, κ the smallest root of
    /// Mγ = κNγ.
    case hliml
    /// The same with κ − α/J′.
    case hfuller(Double)

    /// As written in a document.
    package var name: String {
        switch self {
        case .naive: "naive"
        case .tc: "tc"
        case .jive: "jive"
        case .tsls: "tsls"
        case .liml: "liml"
        case .fuller: "fuller"
        case .kClass: "k-class"
        case .hliml: "hliml"
        case .hfuller: "hfuller"
        }
    }

    /// The covariance of effects that it divides, where it is one of those estimators.
    var covarianceEstimator: CovarianceEstimator? {
        switch self {
        case .naive: .naive
        case .tc: .tc
        case .jive: .jive
        case .tsls, .liml, .fuller, .kClass, .hliml, .hfuller: nil
        }
    }

    /// Whether it pools the covariance of units, or weighs arms by their units, and so needs counts.
    package var needsCounts: Bool {
        switch self {
        case .naive, .jive: false
        case .tc, .tsls, .liml, .fuller, .kClass, .hliml, .hfuller: true
        }
    }

    /// Whether it subtracts the noise of each arm's own covariance from M, and not a multiple of a pooled one.
    var takesOwnNoise: Bool {
        switch self {
        case .hliml, .hfuller: true
        default: false
        }
    }

    /// Whether `weights` changes it.
    package var usesWeights: Bool { covarianceEstimator != nil }
}
