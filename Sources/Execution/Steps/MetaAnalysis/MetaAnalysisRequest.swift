import Diagnostics
import Documents
import Estimation
import Probability

/// What a `meta-analysis` asks for, read once.
struct MetaAnalysisRequest {
    enum Method: Equatable {
        case point(HeterogeneityEstimator)
        case bayes
    }

    let method: Method
    /// As written: shared-control, ignore, one-per-experiment.
    let correlations: [String]
    /// Whether `correlation` is a list, so that results stand one level above by its names.
    let isNested: Bool
    let level: Double
    let threshold: Double
    /// nil for point methods.
    let prior: Prior?
    let stream: RandomStream

    init(_ input: MetaAnalysisInput, _ context: inout StepContext) throws(StepFailure) {
        let options = context.options
        method = MetaAnalysisRequest.method(options)
        correlations = options["correlation"]?.strings ?? ["shared-control"]
        isNested = if case .list? = options["correlation"]?.content { true } else { false }
        level = options["level"]?.number ?? 0.95
        threshold = options["threshold"]?.number ?? 0
        stream = RandomStream(seed: context.seed, identifier: context.directive.id)
        prior = method == .bayes ? try PriorReader.prior(options["prior"], for: input.data, &context) : nil
    }

    var isPoint: Bool { if case .point = method { true } else { false } }

    private static func method(_ options: OptionNode) -> Method {
        switch options["method"]?.string ?? "reml" {
        case "bayes": return .bayes
        case let name: return .point(HeterogeneityEstimator(rawValue: name) ?? .reml)
        }
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

extension Diagnostic {
    /// What the model says it cannot do, at the option that it is about.
    static func notEstimable(_ error: EstimationError, of context: StepContext) -> Diagnostic {
        let key: String
        switch error {
        case .invalidPrior, .improperPosterior: key = "prior"
        case .equalEffects, .noConvergence: key = "method"
        default: key = ""
        }
        return .notEstimable(error, at: context.range(of: key))
    }
}
