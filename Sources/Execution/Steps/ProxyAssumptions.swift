import Estimation

extension ProxyEstimator {
    /// What the estimate rests on, as `report methods` has it.
    var assumption: String {
        let rules = EstimatorDescription.named(name, in: .proxies)?.assumptions ?? []
        return rules.map { $0 + "." }.joined(separator: " ")
    }

    /// The same in a few words, for a table's column.
    var shortAssumption: String {
        switch self {
        case .naive: "effects are measured without noise"
        case .tsls: "effects are strong, INSIDE"
        case .tc: "INSIDE, equal noise"
        case .jive: "INSIDE"
        default: "no direct effects, equal noise"
        }
    }
}
