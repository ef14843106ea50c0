/// What an estimator is, for readers.
package struct EstimatorDescription: Sendable, Equatable {
    package enum Family: String, Sendable, CaseIterable {
        case effects
        case covariance
        case proxies
        case metaAnalysis
        case decisions
    }

    package let family: Family
    /// As written in a document.
    package let name: String
    package let title: String
    /// Plain text in Unicode.
    package let formula: String
    /// What must hold for the number to mean what it says; sentences without full stops.
    package let assumptions: [String]
    package let source: String

    /// Every estimator there is, family by family.
    package static let all = effects + unitDesigns + covariances + proxies + metaAnalyses + decisions

    package static func named(_ name: String, in family: Family) -> EstimatorDescription? {
        all.first { $0.name == name && $0.family == family }
    }
}

/// Where the methods come from.
enum MethodSources {
    static let bibaut =
        "A. Bibaut, W. Chou, S. Ejdemyr, N. Kallus, “Learning the Covariance of Treatment Effects Across Many Weak "
        + "Experiments”, KDD 2024, arXiv 2402.17637"
    static let chou =
        "W. Chou, C. Gray, N. Kallus, A. Bibaut, S. Ejdemyr, “Evaluating Decision Rules Across Many Weak Experiments”, "
        + "KDD 2025, arXiv 2502.08763"
    static let multivariateREML =
        "D. Jackson, I. White, R. Riley, “A matrix-based method of moments for fitting the multivariate random effects "
        + "model for meta-analysis and meta-regression”, Biometrical Journal 55(2), 2013; C. Berkey et al., Statistics in "
        + "Medicine 17(22), 1998"
    static let pananos = "D. Pananos, “Musings About The Normal Normal Model”, 2026"
}
