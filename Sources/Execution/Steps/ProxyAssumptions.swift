import Estimation

extension ProxyEstimator {
    /// Which structural assumption the estimate rests on, in a sentence.
    var assumption: String {
        switch self {
        case .naive:
            "no assumption repairs it; it is biased by the covariance of units, however many experiments there are."
        case .tsls:
            "biased towards the naive estimate where effects are weak; consistent where they are strong and there are no direct effects."
        case .tc:
            "rests on INSIDE (direct effects uncorrelated with the proxies' effects across experiments) and on noise covariance equal across arms."
        case .jive: "rests on INSIDE (direct effects uncorrelated with the proxies' effects across experiments)."
        default: "rests on no direct effects and on noise covariance equal across arms."
        }
    }

    /// The same for a table's column.
    var shortAssumption: String {
        switch self {
        case .naive: "effects are measured without noise"
        case .tsls: "effects are strong, none direct"
        case .tc: "INSIDE, equal noise"
        case .jive: "INSIDE"
        default: "no direct effects, equal noise"
        }
    }
}
