import Diagnostics
import Documents
import Results
import Values

/// Points with error bars both ways, and fitted lines: effects on one metric against effects on another.
enum ScatterFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let target = try context.figureTargets()[0]
        // Of an `effects` directive, x and y are names of metrics; of any list, paths into each item.
        let isEffects = target.value["rows"]?.list != nil && target.value["metrics"] != nil
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
        let xName = context.options["x"]?.string ?? "x"
        let yName = context.options["y"]?.string ?? "y"
        var marks: [FigureModel.Mark] = [.points(points, .init(name: "effects", label: "", isMuted: true))]
        marks += try lines(proxy: xName, &context)
        let panel = FigureModel.Panel(
            x: context.axis("x", title: isEffects ? "Effect on metric \(xName)" : xName, null: 0),
            y: context.axis("y", title: isEffects ? "Effect on metric \(yName)" : yName, null: 0), marks: marks,
            isSquare: isEffects && context.options["x-domain"]?.value == context.options["y-domain"]?.value)
        return FigureModel(
            kind: "scatter", panels: [panel],
            summary: "\(points.count) points, \(panel.y.title) against \(panel.x.title), with 95% intervals both ways.")
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
                throw context.fail(
                    .error(
                        .badFigure, "\(text) is no metric of \(target.path)", at: node.range,
                        notes: [.init("metrics: " + known.joined(separator: ", "))]))
            }
            return ResultPath([.name("effects"), .name(text)])
        }
        guard let path = ResultPath(parsing: text) else {
            throw context.fail(.error(.badFigure, "A coordinate is a path into each row", at: node.range))
        }
        return path
    }

    /// Lines through estimators' coefficients: each path of `lines` leads to one estimator of a `proxy`.
    private static func lines(proxy: String, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        var marks: [FigureModel.Mark] = []
        let written = context.options["label-format"]?.string.flatMap { NumberFormat(parsing: $0) }
        let labels = written ?? NumberFormat(.fixed, digits: 2)
        for node in context.options["lines"]?.items ?? [] {
            let target = try PathTarget(node, &context)
            guard let slope = target.value["coefficients"]?[proxy]?.estimate else {
                throw context.fail(
                    .error(
                        .badFigure, "A fitted line is an estimator of a `proxy` with a coefficient for \(proxy)",
                        at: node.range, notes: [.init("for instance slopes.jive")]))
            }
            let name = target.path.lastName
            marks.append(
                .slope(
                    slope: slope, intercept: target.value["intercept"]?.estimate ?? 0,
                    .init(name: name, label: "\(EstimatorNames.short(name)) \(labels.text(slope))")))
        }
        return marks
    }
}

extension ResultPath {
    /// The last component that is a name.
    var lastName: String {
        for component in components.reversed() { if case .name(let name) = component { return name } }
        return ""
    }
}
