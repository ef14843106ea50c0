import Diagnostics
import Documents
import Estimation
import Results
import Values

/// `meta-analysis`: the hierarchical normal-normal model of one metric, under one treatment of shared controls or several.
enum MetaAnalysisStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        let input = try MetaAnalysisInput(&context)
        let request = try MetaAnalysisRequest(input, &context)
        var parts: [MetaAnalysisPart] = []
        for name in request.correlations {
            do throws(EstimationError) {
                parts.append(try MetaAnalysisPart(name, input, request))
            } catch {
                throw context.fail(.notEstimable(error, of: context))
            }
        }
        var output = StepOutput(
            request.isNested ? .object(Object(parts.map { ($0.name, $0.value) })) : parts.first?.value ?? .null)
        output.assumptions = MetaAnalysisAssumptions.sentences(input.data, request)
        output.table = MetaAnalysisTable.make(parts, request, id: context.directive.id)
        output.figure = request.isNested ? nil : try figure(parts.first?.value, &context)
        return output
    }

    private static func figure(_ value: Value?, _ context: inout StepContext) throws(StepFailure) -> FigureModel? {
        guard context.directive.show == .figure || context.directive.show == .both, let value else { return nil }
        let target = PathTarget(
            path: ResultPath([.name(context.directive.id)]), value: value, range: context.directive.wordRange)
        return try ForestFigure.make(of: target, &context)
    }
}

/// The model under one treatment of shared controls: its values, and what must be said beside them.
struct MetaAnalysisPart {
    /// As the language names the treatment.
    let name: String
    let value: Value

    init(_ name: String, _ input: MetaAnalysisInput, _ request: MetaAnalysisRequest) throws(EstimationError) {
        self.name = name
        let correlation = EffectCorrelation(name) ?? .sharedControl
        let (stream, level) = (request.stream, request.level)
        switch request.method {
        case .point(let estimator):
            let fit = try input.data.randomEffects(estimator, correlation: correlation, stream: stream, level: level)
            value = .object(PointValues.value(of: fit))
        case .bayes:
            let fit = try input.data.posterior(
                prior: request.prior, correlation: correlation, stream: stream, level: level)
            value = .object(BayesValues.value(of: fit))
        }
    }
}
