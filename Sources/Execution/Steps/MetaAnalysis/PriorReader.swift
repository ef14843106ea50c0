import Diagnostics
import Documents
import Estimation

/// Priors out of the options of a `meta-analysis`.
enum PriorReader {
    static let meanRule = "A prior of μ is `normal(mean, sd)` or `flat`"
    static let heterogeneityRule =
        "A prior of τ is `half-cauchy(s)`, `half-normal(s)`, `half-t(df, s)`, `uniform(0, b)`, `exponential(rate)` or `flat`"

    /// What is written, and the default of what is not.
    static func prior(
        _ node: OptionNode?, for data: MetaAnalysisData, _ context: inout StepContext
    ) throws(StepFailure) -> Prior {
        let mean = try read(node?["mu"], PriorText.mean, meanRule, &context)
        let heterogeneity = try read(node?["tau"], PriorText.heterogeneity, heterogeneityRule, &context)
        do throws(EstimationError) {
            var prior: Prior
            if let mean, let heterogeneity {
                prior = Prior(mean: mean, heterogeneity: heterogeneity)
            } else {
                prior = try data.defaultPrior()
                if let mean { prior.mean = mean }
                if let heterogeneity { prior.heterogeneity = heterogeneity }
            }
            return prior
        } catch {
            throw context.fail(.notEstimable(error, at: node?.range ?? context.range(of: "method")))
        }
    }

    private static func read<Law>(
        _ node: OptionNode?, _ parse: (String) -> Law?, _ rule: String, _ context: inout StepContext
    ) throws(StepFailure) -> Law? {
        guard let node else { return nil }
        guard let law = parse(node.string ?? "") else { throw context.fail(.error(.badPrior, rule, at: node.range)) }
        return law
    }
}

extension DiagnosticCode {
    static let badPrior = DiagnosticCode(606, "bad-prior")
}
