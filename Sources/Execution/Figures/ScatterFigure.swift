import Diagnostics
import Documents
import Results
import Values

/// Points with error bars both ways, and fitted lines: effects on one metric against effects on another.
enum ScatterFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let target = try context.figureTargets()[0]
        let points = try points(target, &context)
        let isEffects = isEffects(target)
        let xName = context.options["x"]?.string ?? "x"
        let yName = context.options["y"]?.string ?? "y"
        let options = PanelOptions(figure: context.options, own: nil)
        let ellipses = try CovarianceEllipses(context.options["ellipses"]?.items ?? [], options, &context)
        var marks: [FigureModel.Mark] = [.points(points, .init(name: "effects", label: "", isMuted: true))]
        marks += ellipses.marks
        marks += try SlopeLines.marks(context.options["lines"]?.items ?? [], proxy: xName, through: nil, &context)
        let panel = FigureModel.Panel(
            x: axis("x", isEffects ? "Effect on metric \(xName)" : xName, context),
            y: axis("y", isEffects ? "Effect on metric \(yName)" : yName, context), marks: marks,
            isSquare: isEffects && context.options["x-domain"]?.value == context.options["y-domain"]?.value
                && context.options["x-scale"]?.value == context.options["y-scale"]?.value)
        try options.checkLogarithm(
            "x", panel.x, points.flatMap { [$0.x, $0.xInterval?.lowerBound ?? $0.x] }, &context)
        try options.checkLogarithm(
            "y", panel.y, points.flatMap { [$0.y, $0.yInterval?.lowerBound ?? $0.y] }, &context)
        if !ellipses.repaired.isEmpty {
            context.findings.append(
                "The covariance drawn as \(ellipses.repaired.joined(separator: " and ")) is not positive "
                    + "semi-definite and has no ellipse; the dotted one is of its positive part.")
        }
        var model = FigureModel(kind: "scatter", panels: [panel], summary: "")
        model.summary = FigureSummary.text(of: model)
        if points.contains(where: { $0.xInterval != nil && $0.yInterval != nil }) {
            model.summary += " Points have their 95% intervals both ways."
        }
        return model
    }

    /// With a line at no effect, which a logarithmic axis has no place for.
    private static func axis(_ name: String, _ title: String, _ context: StepContext) -> FigureModel.Axis {
        var axis = context.axis(name, title: title, null: 0)
        if axis.scale == .log { axis.null = nil }
        return axis
    }

    /// Of an `effects` directive, x and y are names of metrics; of any list, paths into each item.
    private static func isEffects(_ target: PathTarget) -> Bool {
        target.value["rows"]?.list != nil && target.value["metrics"] != nil
    }

    /// A point for each row that has both coordinates.
    static func points(
        _ target: PathTarget, _ context: inout StepContext
    ) throws(StepFailure) -> [FigureModel.Point] {
        let isEffects = isEffects(target)
        guard let rows = isEffects ? target.value["rows"]?.list : target.value.list else {
            throw context.fail(
                .error(.badFigure, "A scatter plot is drawn of effects, or of a list", at: target.range))
        }
        let x = try coordinate("x", isEffects, target, &context)
        let y = try coordinate("y", isEffects, target, &context)
        var points: [FigureModel.Point] = []
        for row in rows {
            guard let a = row[x], let b = row[y], let ax = a.estimate, let by = b.estimate else { continue }
            let name = [row["experiment"]?.string, row["variant"]?.string.map { "variant \($0)" }]
                .compactMap { $0 }.joined(separator: ", ")
            points.append(.init(x: ax, y: by, xInterval: a.closedInterval, yInterval: b.closedInterval, label: name))
        }
        guard !points.isEmpty else {
            throw context.fail(
                .error(
                    .badFigure, "A scatter plot has rows with both coordinates", at: target.range,
                    notes: [.init("none of \(rows.count) rows has \(x) and \(y)")]))
        }
        return points
    }

    private static func coordinate(
        _ key: String, _ isEffects: Bool, _ target: PathTarget, _ context: inout StepContext
    ) throws(StepFailure) -> ResultPath {
        guard let node = context.options[key], let text = node.string else {
            throw context.fail(
                .error(.badFigure, "A scatter plot needs `x` and `y`", at: context.directive.wordRange))
        }
        if isEffects {
            let known = target.value["metrics"]?.list?.compactMap(\.string) ?? []
            guard known.contains(text) else {
                let near = nearestWord(to: text, among: known)
                throw context.fail(
                    .error(
                        .badFigure, "\(text) is no metric of \(target.path)", at: node.range,
                        notes: [.init("metrics: " + known.joined(separator: ", "))],
                        fixIts: near.map { [.init("write '\($0)'", replacing: node.range, with: $0)] } ?? []))
            }
            return ResultPath([.name("effects"), .name(text)])
        }
        guard let path = ResultPath(parsing: text) else {
            throw context.fail(.error(.badFigure, "A coordinate is a path into each row", at: node.range))
        }
        return path
    }
}

extension ResultPath {
    /// The last component that is a name.
    var lastName: String {
        for component in components.reversed() { if case .name(let name) = component { return name } }
        return ""
    }
}
