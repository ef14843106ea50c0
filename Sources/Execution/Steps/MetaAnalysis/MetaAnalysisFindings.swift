import Estimation

/// What must be said beside the numbers of a meta-analysis.
enum MetaAnalysisFindings {
    /// Of all treatments of shared controls: each sentence once, with the treatments that it is of where not of all.
    static func gathered(_ parts: [MetaAnalysisPart]) -> [String] {
        var sentences: [(text: String, names: [String])] = []
        for part in parts {
            for text in part.findings {
                if let index = sentences.firstIndex(where: { $0.text == text }) {
                    sentences[index].names.append(part.name)
                } else {
                    sentences.append((text, [part.name]))
                }
            }
        }
        let told = sentences.map { text, names in
            names.count == parts.count
                ? text : "\(names.map(EstimatorNames.title).joined(separator: ", ")): \(text)"
        }
        return told + parts.flatMap(\.remarks)
    }

    static func sentences(of fit: MetaAnalysisFit) -> [String] {
        var sentences: [String] = []
        if fit.options.estimator != .fixed, fit.tauSquared == 0 {
            sentences.append(
                "τ is estimated as 0, the boundary: standard errors and shrunken effects take true effects as equal, "
                    + "which the interval of τ tells how far to trust.")
        }
        if let components = fit.components, fit.tauSquared > 0 {
            let zero = [("experiments", components.experiment), ("arms", components.arm)].filter {
                $0.1.tauSquared == 0
            }
            sentences += zero.map { "No variation between \($0.0) is found: its τ is estimated as 0." }
        }
        if let influence = fit.influence {
            let names = influence.filter(\.isInfluential).map(\.experiment)
            if !names.isEmpty {
                let shown = names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
                sentences.append(
                    "\(names.count == 1 ? "One experiment is" : "\(names.count) experiments are") influential by the usual "
                        + "bounds on DFFITS, Cook's distance and leverage: \(shown).")
            }
        }
        return sentences
    }

    static func sentences(of fit: PopulationFit) -> [String] {
        guard case .studentT(_, _, let degrees) = fit.population, !degrees.isFinite else { return [] }
        return ["The likelihood prefers infinitely many degrees of freedom: the fitted t law is the normal one."]
    }
}
