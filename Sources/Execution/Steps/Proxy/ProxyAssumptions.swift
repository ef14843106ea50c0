import Estimation
import Values

/// What an estimate of proxies rests on, in words.
enum ProxyAssumptions {
    /// As `report methods` has it.
    static func sentence(_ estimator: String) -> String {
        let rules = EstimatorDescription.named(estimator, in: .proxies)?.assumptions ?? []
        return rules.map { $0 + "." }.joined(separator: " ")
    }

    /// The same in a few words, for a table's column.
    static func short(_ estimator: String) -> String {
        switch estimator {
        case "naive": "effects are measured without noise"
        case "tsls": "effects are strong, INSIDE"
        case "tc": "INSIDE, equal noise"
        case "jive": "INSIDE"
        case "reml": "INSIDE, normal effects"
        case "hliml", "hfuller": "no direct effects"
        default: "no direct effects, equal noise"
        }
    }

    /// How far the arms are from one noise covariance and equal sizes.
    static func balance(_ value: Value?) -> String? {
        guard let balance = value?["balance"], let ratios = balance["varianceRatios"]?.object,
            let sizes = balance["sizeRatios"], let smallest = sizes["minimum"]?.number,
            let largest = sizes["maximum"]?.number
        else { return nil }
        let parts = ratios.compactMap { name, ratio -> String? in
            guard let low = ratio["minimum"]?.number, let high = ratio["maximum"]?.number else { return nil }
            return "\(NumberText.short(low)) to \(NumberText.short(high)) for \(name)"
        }
        guard !parts.isEmpty else { return nil }
        return "Equal noise, as these arms have it: units' variance of treatment over control is "
            + parts.joined(separator: ", ") + "; sizes of treatment over control are \(NumberText.short(smallest)) to "
            + "\(NumberText.short(largest))."
    }
}
