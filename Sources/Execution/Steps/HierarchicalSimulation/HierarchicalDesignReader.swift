import Diagnostics
import Documents
import Estimation

/// Reads one hierarchical design out of its options.
struct HierarchicalDesignReader {
    let nodes: [HierarchicalKey: OptionNode]

    func design(_ context: inout StepContext) throws(StepFailure) -> HierarchicalDesign {
        let experiments = try required(.experiments, &context).number ?? 0
        let variants = try numbers(.variants, default: DesignNumbers(1), &context)
        let control = try numbers(.controlVariance, default: nil, &context)
        let treatment = try numbers(.treatmentVariance, default: nil, &context)
        let mean = try mean(&context)
        let tau = try tau(&context)
        do throws(EstimationError) {
            return try HierarchicalDesign(
                experiments: Int(experiments), variants: variants, mean: mean, tau: tau, controlVariance: control,
                treatmentVariance: treatment, outlier: nodes[.outlier]?.number ?? 0)
        } catch {
            throw context.fail(bad(error, context))
        }
    }

    private func required(_ key: HierarchicalKey, _ context: inout StepContext) throws(StepFailure) -> OptionNode {
        guard let node = nodes[key] else {
            throw context.fail(
                .error(
                    .missingOption, "A normal-normal design needs `\(key.rawValue)`, here or in the grid",
                    at: context.range(of: "design")))
        }
        return node
    }

    private func numbers(
        _ key: HierarchicalKey, default standard: DesignNumbers?, _ context: inout StepContext
    ) throws(StepFailure) -> DesignNumbers {
        if nodes[key] == nil, let standard { return standard }
        let node = try required(key, &context)
        if let from = node["from"]?.number, let to = node["to"]?.number {
            guard from <= to else {
                throw context.fail(.error(.badDesign, "A range goes from the least to the most", at: node.range))
            }
            return .uniform(from...to)
        }
        return .listed(node.items.compactMap(\.number))
    }

    private func mean(_ context: inout StepContext) throws(StepFailure) -> HierarchicalDesign.MeanLaw {
        guard let node = nodes[.mu] else { return .fixed(0) }
        if let number = node.number { return .fixed(number) }
        guard let law = PriorText.mean(node.string ?? "") else {
            throw context.fail(.error(.badPrior, "μ is a number or drawn from `normal(mean, sd)`", at: node.range))
        }
        return .drawn(law)
    }

    private func tau(_ context: inout StepContext) throws(StepFailure) -> HierarchicalDesign.TauLaw {
        let node = try required(.tau, &context)
        if let number = node.number { return .fixed(number) }
        guard let law = PriorText.heterogeneity(node.string ?? "") else {
            throw context.fail(
                .error(
                    .badPrior,
                    "τ is a number or drawn from `half-normal(s)`, `half-cauchy(s)`, `half-t(df, s)`, `uniform(0, b)` or `exponential(rate)`",
                    at: node.range))
        }
        return .drawn(law)
    }

    /// The error at the option that breaks the rule.
    private func bad(_ error: EstimationError, _ context: StepContext) -> Diagnostic {
        var range = context.range(of: "design")
        if case .invalidDesign(let part, _) = error, let key = HierarchicalKey(rawValue: part.optionKey) {
            range = nodes[key]?.range ?? range
        }
        return .error(.badDesign, error.message, at: range, notes: error.detail.map { [.init($0)] } ?? [])
    }
}
