import Diagnostics
import Documents
import Estimation
import Probability

/// What a `meta-analysis` asks for, read once.
struct MetaAnalysisRequest {
    enum Method {
        case point(HeterogeneityEstimator)
        case bayes(Prior)
        case nuts(Prior, SamplingOptions)
        /// Another law of true effects than the normal, by maximum likelihood.
        case law(PopulationLaw)
    }

    let method: Method
    /// As written: shared-control, ignore, one-per-experiment.
    let correlations: [String]
    /// Whether `correlation` is a list, so that results stand one level above by its names.
    let isNested: Bool
    let level: Double
    let threshold: Double
    let wantsDiagnostics: Bool
    let wantsDecisions: Bool
    /// Priors to try besides, with where they stand; nil where the standard list is asked for.
    let otherPriors: [(prior: Prior, range: SourceRange)]?
    let stream: RandomStream
    private let options: OptionNode

    init(_ input: MetaAnalysisInput, _ context: inout StepContext) throws(StepFailure) {
        options = context.options
        method = try MetaAnalysisRequest.method(input, &context)
        correlations = options["correlation"]?.strings ?? ["shared-control"]
        isNested = if case .list? = options["correlation"]?.content { true } else { false }
        level = options["level"]?.number ?? 0.95
        threshold = options["threshold"]?.number ?? 0
        wantsDiagnostics = options["diagnostics"]?.boolean ?? false
        wantsDecisions = options["decisions"]?.boolean ?? false
        stream = RandomStream(seed: context.seed, identifier: context.directive.id)
        switch (method, options["sensitivity"]) {
        case (.bayes(let prior), let node?) where node.boolean == nil:
            var priors = [(prior, context.range(of: "prior"))]
            for item in node.items {
                let other = try PriorReader.prior(item, for: input.data, &context)
                priors.append((other, item.range))
            }
            otherPriors = priors
        case (.bayes, let node?) where node.boolean == true: otherPriors = nil
        default: otherPriors = []
        }
    }

    private static func method(
        _ input: MetaAnalysisInput, _ context: inout StepContext
    ) throws(StepFailure) -> Method {
        let options = context.options
        if let law = options["effects-law"]?.string.flatMap({ PopulationLaw(rawValue: $0) }), law != .normal {
            return .law(law)
        }
        switch options["method"]?.string ?? "reml" {
        case "bayes": return .bayes(try PriorReader.prior(options["prior"], for: input.data, &context))
        case "nuts":
            let prior = try PriorReader.prior(options["prior"], for: input.data, &context)
            let parameterisation = options["parameterisation"]?.string ?? "integrated"
            return .nuts(
                prior,
                SamplingOptions(
                    parameterisation: SamplingParameterisation(rawValue: parameterisation) ?? .integrated,
                    chains: Int(options["chains"]?.number ?? 4), warmup: Int(options["warmup"]?.number ?? 1000),
                    draws: Int(options["draws"]?.number ?? 1000),
                    targetAcceptance: options["target-acceptance"]?.number))
        case let name: return .point(HeterogeneityEstimator(rawValue: name) ?? .reml)
        }
    }

    var isPoint: Bool { if case .point = method { true } else { false } }

    /// nil where the method has none.
    var prior: Prior? {
        switch method {
        case .bayes(let prior), .nuts(let prior, _): prior
        case .point, .law: nil
        }
    }

    var hasThreeLevels: Bool { options["heterogeneity"]?.strings.contains("experiment") ?? false }
    var isKnappHartung: Bool { options["test"]?.string == "knapp-hartung" }
    var isRobust: Bool { options["robust"]?.boolean ?? false }
    var takesProfileLikelihood: Bool { options["interval"]?.string == "profile-likelihood" }

    /// What a point method is to do.
    func pointOptions(
        _ estimator: HeterogeneityEstimator, _ correlation: EffectCorrelation, _ input: MetaAnalysisInput
    ) -> RandomEffectsOptions {
        var parts: RandomEffectsOptions.Parts = [.intervals, .effects, .profile]
        if isRobust { parts.insert(.robust) }
        if options["influence"]?.boolean ?? false { parts.insert(.influence) }
        return RandomEffectsOptions(
            estimator, correlation: correlation, levels: hasThreeLevels ? .experimentsAndArms : .effects,
            test: isKnappHartung ? .knappHartung : .z, level: level, moderators: input.moderators, parts: parts,
            repeats: correlation == .onePerExperiment ? Int(options["repeats"]?.number ?? 0) : 0)
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
