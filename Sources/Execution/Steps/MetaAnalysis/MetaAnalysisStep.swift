import Diagnostics
import Documents
import Estimation
import Probability
import Results
import Values

/// `meta-analysis`: the hierarchical normal-normal model of one metric, under one treatment of shared controls or several.
enum MetaAnalysisStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        let data = try MetaAnalysisStep.data(&context)
        let names = context.options["correlation"]?.strings ?? ["shared-control"]
        let isNested: Bool = if case .list? = context.options["correlation"]?.content { true } else { false }
        let method = context.options["method"]?.string ?? "reml"
        let level = context.options["level"]?.number ?? 0.95
        let prior = method == "bayes" ? try self.prior(for: data, &context) : nil
        var values: [(name: String, value: Value)] = []
        for name in names {
            let stream = RandomStream(seed: context.seed, identifier: context.directive.id)
            guard let correlation = EffectCorrelation(name) else { continue }
            do throws(EstimationError) {
                switch method {
                case "bayes":
                    let fit = try data.posterior(prior: prior, correlation: correlation, stream: stream, level: level)
                    values.append((name, BayesValues.value(of: fit)))
                default:
                    let fit = try data.randomEffects(
                        method == "ml" ? .ml : .reml, correlation: correlation, stream: stream, level: level)
                    values.append((name, MetaAnalysisValues.value(of: fit)))
                }
            } catch {
                throw context.fail(.notEstimable(error, at: context.directive.wordRange))
            }
        }
        var output = StepOutput(
            isNested ? .object(Object(values.map { ($0.name, $0.value) })) : values.first?.value ?? .null)
        output.assumptions = assumptions(data, names, prior)
        output.table = MetaAnalysisTable.make(
            values, isBayes: method == "bayes", isNested: isNested, level: level, id: context.directive.id)
        output.figure = isNested ? nil : try figure(values.first?.value, &context)
        return output
    }

    // MARK: Input

    /// One metric of an effect set, or the rows of a frame read as estimates.
    private static func data(_ context: inout StepContext) throws(StepFailure) -> MetaAnalysisData {
        let set: EffectSet
        var range = context.directive.wordRange
        if let id = context.options["effects"]?.string, case .effects(let found)? = context.artifacts[id] {
            set = found
        } else if let id = context.options["data"]?.string, case .frame(let frame)? = context.artifacts[id] {
            set = try EffectsStep.read(frame, &context)
        } else {
            throw StepFailure()
        }
        let names = try MetricNames.read("metric", of: set, &context) ?? set.metrics
        if context.options["metric"] != nil { range = context.range(of: "metric") }
        guard names.count == 1 else {
            throw context.fail(
                .error(
                    .unknownMetric, "A meta-analysis is of one metric", at: range,
                    notes: [.init("metrics: " + set.metrics.joined(separator: ", "))]))
        }
        let selection: EffectSet.Selection
        do throws(EffectSet.SelectionFault) {
            selection = try set.selecting(names, correlation: nil)
        } catch {
            throw context.fail(.cannotSelect(error, metrics: names, at: range))
        }
        do throws(EstimationError) {
            return try MetaAnalysisData(selection.effects, metric: names[0])
        } catch {
            throw context.fail(.notEstimable(error, at: range))
        }
    }

    /// The default prior with what `prior` says instead.
    private static func prior(for data: MetaAnalysisData, _ context: inout StepContext) throws(StepFailure) -> Prior {
        let written = context.options["prior"]
        let mean = try written?["mu"].map { (node) throws(StepFailure) in
            guard let prior = PriorText.mean(node.string ?? "") else {
                throw context.fail(
                    .error(.badPrior, "A prior of μ is `normal(mean, sd)` or `flat`", at: node.range))
            }
            return prior
        }
        let heterogeneity = try written?["tau"].map { (node) throws(StepFailure) in
            guard let prior = PriorText.heterogeneity(node.string ?? "") else {
                throw context.fail(
                    .error(
                        .badPrior,
                        "A prior of τ is `half-cauchy(s)`, `half-normal(s)`, `half-t(df, s)`, `uniform(0, b)`, `exponential(rate)` or `flat`",
                        at: node.range))
            }
            return prior
        }
        if let mean, let heterogeneity { return Prior(mean: mean, heterogeneity: heterogeneity) }
        do throws(EstimationError) {
            let standard = try data.defaultPrior()
            return Prior(mean: mean ?? standard.mean, heterogeneity: heterogeneity ?? standard.heterogeneity)
        } catch {
            throw context.fail(.notEstimable(error, at: context.directive.wordRange))
        }
    }

    // MARK: What is said and shown

    private static func assumptions(_ data: MetaAnalysisData, _ names: [String], _ prior: Prior?) -> [String] {
        var sentences = [
            "Noise is normal with known variance; true effects of one experiment's arms are independent given μ."
        ]
        let isShared = (0..<data.experimentCount).contains {
            data.offsets[$0 + 1] - data.offsets[$0] > 1 && data.shared[$0] > 0
        }
        if names.contains("ignore"), isShared {
            sentences.append(
                "Where the control is ignored, effects that share it are taken as independent, which they are not.")
        }
        if let prior { sentences.append("Priors: μ ~ \(prior.mean.text), τ ~ \(prior.heterogeneity.text).") }
        return sentences
    }

    private static func figure(_ value: Value?, _ context: inout StepContext) throws(StepFailure) -> FigureModel? {
        guard context.directive.show == .figure || context.directive.show == .both, let value else { return nil }
        let target = PathTarget(
            path: ResultPath([.name(context.directive.id)]), value: value, range: context.directive.wordRange)
        return try ForestFigure.make(of: target, &context)
    }
}

extension EffectCorrelation {
    /// By the name that the language gives it.
    init?(_ name: String) {
        switch name {
        case "shared-control": self = .sharedControl
        case "ignore": self = .ignore
        case "one-per-experiment": self = .onePerExperiment
        default: return nil
        }
    }
}

extension MeanPrior {
    var text: String {
        switch self {
        case .normal(let mean, let deviation): "Normal(\(NumberText.short(mean)), \(NumberText.short(deviation))²)"
        case .flat: "flat"
        }
    }
}

extension HeterogeneityPrior {
    var text: String {
        switch self {
        case .halfCauchy(let scale): "half-Cauchy(\(NumberText.short(scale)))"
        case .halfNormal(let scale): "half-Normal(\(NumberText.short(scale)))"
        case .halfT(let degrees, let scale): "half-t(\(NumberText.short(degrees)), \(NumberText.short(scale)))"
        case .uniform(let upper): "Uniform(0, \(NumberText.short(upper)))"
        case .exponential(let rate): "Exponential(\(NumberText.short(rate)))"
        case .flat: "flat"
        }
    }
}

extension DiagnosticCode {
    static let badPrior = DiagnosticCode(606, "bad-prior")
}
