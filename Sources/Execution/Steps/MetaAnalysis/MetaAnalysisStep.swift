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
            parts.append(try MetaAnalysisPart(name, input, request, &context))
        }
        let values = parts.map { ($0.name, Value.object($0.values)) }
        var output = StepOutput(request.isNested ? .object(Object(values)) : values.first?.1 ?? .null)
        output.assumptions = MetaAnalysisAssumptions.sentences(input, request) + parts.flatMap(\.assumptions)
        context.findings += MetaAnalysisFindings.gathered(parts)
        output.table = MetaAnalysisTable.make(values, request, id: context.directive.id)
        output.figure = request.isNested ? nil : try figure(values.first?.1, &context)
        return output
    }

    private static func figure(_ value: Value?, _ context: inout StepContext) throws(StepFailure) -> FigureModel? {
        guard context.directive.show == .figure || context.directive.show == .both, let value else { return nil }
        let target = PathTarget(
            path: ResultPath([.name(context.directive.id)]), value: value, range: context.directive.wordRange)
        return try ForestFigure.make(of: target, &context)
    }
}
