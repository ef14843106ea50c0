/// A number of a hierarchical design, in the order in which a grid varies them, the last fastest.
enum HierarchicalKey: String, CaseIterable {
    case experiments, variants, mu, tau
    case controlVariance = "control-variance"
    case treatmentVariance = "treatment-variance"
    case outlier

    /// In the results file.
    var resultName: String {
        switch self {
        case .controlVariance: "controlVariance"
        case .treatmentVariance: "treatmentVariance"
        default: rawValue
        }
    }

    /// Over a column.
    var heading: String {
        switch self {
        case .experiments: "Experiments"
        case .variants: "Variants"
        case .mu: "True μ"
        case .tau: "True τ"
        case .controlVariance: "Control’s variance"
        case .treatmentVariance: "Arm’s variance"
        case .outlier: "Outlier, se"
        }
    }
}
