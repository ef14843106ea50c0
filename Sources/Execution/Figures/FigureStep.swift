import Diagnostics
import Documents
import Results
import Values

/// `figure`: marks over axes, out of results and of nothing else.
enum FigureStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        guard let kind = context.options["kind"]?.string else { throw StepFailure() }
        let model: FigureModel
        switch kind {
        case "scatter": model = try ScatterFigure.make(&context)
        case "forest": model = try ForestFigure.make(&context)
        case "shrinkage": model = try ShrinkageFigure.make(&context)
        case "funnel": model = try FunnelFigure.make(&context)
        case "baujat": model = try BaujatFigure.make(&context)
        case "density": model = try DensityFigure.make(&context)
        case "q-profile": model = try QProfileFigure.make(&context)
        case "rank-histogram": model = try RankHistogramFigure.make(&context)
        case "trace": model = try ChainFigures.trace(&context)
        case "rank": model = try ChainFigures.rank(&context)
        case "pairs": model = try ChainFigures.pairs(&context)
        case "lines": model = try LinesFigure.make(&context)
        case "ellipse": model = try EllipseFigure.make(&context)
        case "heatmap": model = try HeatmapFigure.make(&context)
        default:
            throw context.fail(
                .error(.badFigure, "There is no kind of figure named \(kind)", at: context.range(of: "kind")))
        }
        guard model.panels.contains(where: { !$0.marks.isEmpty }) else {
            throw context.fail(
                .error(.badFigure, "A figure has something to draw", at: context.range(of: "of")))
        }
        var output = StepOutput(model.value)
        output.figure = model
        return output
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
