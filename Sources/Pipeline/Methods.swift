import Estimation

/// What `report methods` tells: each estimator with its formula, its assumptions and its source.
package enum Methods {
    /// The names that can be asked for, each once, in order.
    package static var names: [String] {
        var seen: Set<String> = []
        return EstimatorDescription.all.map(\.name).filter { seen.insert($0).inserted }
    }

    /// The descriptions of some estimators, or of all members of a family; of all where no name is given. Nil where a
    /// name is unknown.
    package static func text(_ wanted: [String]) -> String? {
        var chosen: [EstimatorDescription] = []
        for name in wanted {
            let found = EstimatorDescription.all.filter { $0.name == name || heading($0.family).word == name }
            if found.isEmpty { return nil }
            chosen += found.filter { !chosen.contains($0) }
        }
        if wanted.isEmpty { chosen = EstimatorDescription.all }
        var text = ""
        for family in EstimatorDescription.Family.allCases {
            let members = chosen.filter { $0.family == family }
            if members.isEmpty { continue }
            if !text.isEmpty { text += "\n" }
            text += "\(heading(family).title) (`\(heading(family).word)`)\n"
            for member in members { text += "\n" + describe(member) }
        }
        return text
    }

    /// The title of an estimator that a directive names, and the rest of what is told of it as Markdown; nil for a word
    /// that is none. Simulations name those of `proxy`.
    package static func estimator(_ name: String, of directive: String) -> (title: String, text: String)? {
        let word = directive == "simulation" ? "proxy" : directive
        guard let method = EstimatorDescription.all.first(where: { heading($0.family).word == word && $0.name == name })
        else { return nil }
        let assumptions = method.assumptions.map { "- \($0)\n" }.joined()
        return (method.title, "\(method.formula)\n\n\(assumptions)\n\(method.source)")
    }

    private static func heading(_ family: EstimatorDescription.Family) -> (title: String, word: String) {
        switch family {
        case .effects: ("Effects", "effects")
        case .covariance: ("Covariance of true effects", "covariance")
        case .proxies: ("Proxies", "proxy")
        case .metaAnalysis: ("Hierarchical normal-normal model", "meta-analysis")
        case .decisions: ("Decision rules", "decision-rule")
        }
    }

    private static func describe(_ method: EstimatorDescription) -> String {
        var text = "  \(method.name): \(method.title)\n"
        text += "    formula      \(method.formula)\n"
        for (index, assumption) in method.assumptions.enumerated() {
            text += (index == 0 ? "    assumptions  " : "                 ") + "\(assumption).\n"
        }
        return text + "    source       \(method.source)\n"
    }
}
