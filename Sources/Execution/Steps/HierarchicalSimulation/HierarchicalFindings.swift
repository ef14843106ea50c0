import Documents
import Estimation

/// What must be said beside a simulation of the hierarchical model.
struct HierarchicalFindings {
    let study: HierarchicalStudy
    let rows: [HierarchicalRow]
    let calibration: [CalibrationRow]

    static func assumptions(_ study: HierarchicalStudy) -> [String] {
        var sentences = ["All estimators see the same data sets."]
        if study.estimators.contains(where: \.isBayesian) {
            if let prior = study.prior {
                sentences.append("Priors: μ ~ \(prior.mean.text), τ ~ \(prior.heterogeneity.text).")
            } else if study.cells.allSatisfy({ $0.design.prior != nil }) {
                sentences.append("The priors of μ and τ are the laws that they are drawn from.")
            } else {
                sentences.append("Priors of μ and τ take their place and scale from the effects of each data set.")
            }
        }
        return sentences
    }

    /// Data sets without an estimate, and posteriors whose probabilities are wrong.
    func report(_ context: inout StepContext) {
        for estimator in study.estimators {
            let failures = rows.filter { $0.estimator == estimator && $0.parameter == .mean }
                .reduce(0) { $0 + $1.failures }
            guard failures > 0 else { continue }
            let total = Double(study.cells.count * study.draws)
            context.findings.append(
                "\(estimator.title) gives no estimate in "
                    + "\(NumberFormat(grouped: true).text(Double(failures))) of \(NumberFormat(grouped: true).text(total)) "
                    + "data sets.")
        }
        // One false alarm in a hundred studies, over all rows.
        let wrong = calibration.filter { $0.pValue * Double(calibration.count) < 0.01 }
        for estimator in study.estimators {
            let own = wrong.filter { $0.estimator == estimator }
            guard !own.isEmpty else { continue }
            let symbols = HierarchicalParameter.allCases.filter { parameter in
                own.contains { $0.parameter == parameter }
            }.map(\.symbol)
            let isOne = symbols.count == 1
            context.findings.append(
                "\(estimator.title) is not calibrated: the true "
                    + "\(symbols.joined(separator: " and ")) \(isOne ? "does" : "do") not fall evenly among the "
                    + "quantiles of \(isOne ? "its posterior" : "their posteriors").")
        }
    }
}
