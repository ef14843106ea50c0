import Diagnostics
import Documents
import Results
import Values

/// `figure`: marks over axes, out of results and of nothing else.
enum FigureStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        var model = try model(&context)
        guard model.panels.contains(where: { !$0.marks.isEmpty }) else {
            let key = context.options["marks"] == nil ? "of" : "marks"
            throw context.fail(.error(.badFigure, "A figure has something to draw", at: context.range(of: key)))
        }
        try Annotations.add(to: &model, &context)
        var output = StepOutput(model.value)
        output.figure = model
        return output
    }

    private static func model(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        guard let kind = context.options["kind"]?.string else { return try FreeFigure.make(&context) }
        switch kind {
        case "scatter": return try ScatterFigure.make(&context)
        case "forest": return try ForestFigure.make(&context)
        case "shrinkage": return try ShrinkageFigure.make(&context)
        case "funnel": return try FunnelFigure.make(&context)
        case "baujat": return try BaujatFigure.make(&context)
        case "density": return try DensityFigure.make(&context)
        case "q-profile": return try QProfileFigure.make(&context)
        case "rank-histogram": return try RankHistogramFigure.make(&context)
        case "trace": return try ChainFigures.trace(&context)
        case "rank": return try ChainFigures.rank(&context)
        case "pairs": return try ChainFigures.pairs(&context)
        case "lines": return try LinesFigure.make(&context)
        case "ellipse": return try EllipseFigure.make(&context)
        case "half-eye": return try HalfEyeFigure.make(&context)
        case "heatmap": return try HeatmapFigure.make(&context)
        default:
            throw context.fail(
                .error(.badFigure, "There is no kind of figure named \(kind)", at: context.range(of: "kind")))
        }
    }
}

/// Options that every kind of figure reads alike.
extension StepContext {
    /// The targets of `of`, at least one.
    mutating func figureTargets() throws(StepFailure) -> [PathTarget] {
        try PanelOptions(figure: options, own: nil).targets(&self)
    }

    /// An axis, with what the options say of it over what the kind assumes.
    func axis(
        _ name: String, title: String, scale: FigureModel.Axis.Scale? = nil, null: Double? = nil,
        categories: [FigureModel.Category] = []
    ) -> FigureModel.Axis {
        PanelOptions(figure: options, own: nil).axis(
            name, title: title, scale: scale, null: null, categories: categories)
    }
}

extension Value {
    /// An estimate with its interval: a number, or an object with `estimate` (or `median`) and `interval`.
    var estimate: Double? { number ?? self["estimate"]?.number ?? self["median"]?.number }

    /// Both ends, open ones infinite.
    var intervalEnds: (lower: Double, upper: Double)? {
        guard let ends = self["interval"]?.list, ends.count == 2 else { return nil }
        return (ends[0].number ?? -.infinity, ends[1].number ?? .infinity)
    }

    var closedInterval: ClosedRange<Double>? {
        guard let ends = intervalEnds, ends.lower.isFinite, ends.upper.isFinite, ends.lower <= ends.upper else {
            return nil
        }
        return ends.lower...ends.upper
    }
}
