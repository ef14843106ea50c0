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
        case "density": model = try DensityFigure.make(&context)
        case "lines": model = try LinesFigure.make(&context)
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
        guard let of = options["of"] else {
            throw fail(.error(.badFigure, "A figure is drawn `of` a path into the results", at: directive.wordRange))
        }
        var targets: [PathTarget] = []
        for node in of.items { targets.append(try PathTarget(node, &self)) }
        return targets
    }

    /// An axis, with what the options say of it over what the kind assumes.
    func axis(
        _ name: String, title: String, scale: FigureModel.Axis.Scale = .linear, null: Double? = nil,
        categories: [FigureModel.Category] = []
    ) -> FigureModel.Axis {
        let limits = options["\(name)-domain"]?.items.compactMap(\.number) ?? []
        let domain = limits.count == 2 && limits[0] < limits[1] ? limits[0]...limits[1] : nil
        return FigureModel.Axis(
            options["\(name)-title"]?.string ?? title, scale: scale, format: options["\(name)-format"]?.string ?? "",
            domain: domain, null: null, categories: categories)
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
