import Diagnostics
import Documents
import Results
import Values

/// Posteriors under each other: a density each, and below it the median with the 66% and 95% intervals.
enum HalfEyeFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let targets = try context.figureTargets()
        let wanted = context.options["parameter"]?.strings
        let curves = targets.flatMap { DrawnDensity.all(of: $0.value, path: $0.path, wanted: wanted) }
        guard !curves.isEmpty else {
            throw context.fail(
                .error(
                    .badFigure, "Half-eyes are drawn of posteriors: a `meta-analysis` with `method: bayes`",
                    at: context.range(of: "of")))
        }
        // What all rows share is said once, by the axis.
        let parameters = Set(curves.map(\.parameter))
        let models = Set(curves.map(\.model))
        let isOfOne = parameters.count == 1
        let labels = curves.map { curve in
            let model = EstimatorNames.short(curve.model)
            let parameter = ParameterNames.short(curve.parameter)
            return isOfOne && models.count > 1 ? model : models.count > 1 ? "\(parameter), \(model)" : parameter
        }
        let numbers = LabelFormat(context, intervals: curves.compactMap { $0.value.intervalEnds })
        let categories = zip(labels, curves).map { label, curve in
            let estimate = curve.value.estimate.map { numbers.text($0) } ?? ""
            let ends = curve.value.intervalEnds.map { " " + numbers.text($0) } ?? ""
            return FigureModel.Category(label: label, annotation: estimate + ends)
        }
        let marks = curves.enumerated().map { row, curve in
            FigureModel.Mark.halfEye(
                row: row, x: curve.x, y: curve.y, median: curve.value.estimate, interval: curve.value.closedInterval,
                inner: curve.inner, .init(name: models.count > 1 ? curve.model : "posterior", label: ""))
        }
        let title = isOfOne ? ParameterNames.title(curves[0].parameter) : ""
        let panel = FigureModel.Panel(
            x: context.axis("x", title: title), y: .init("", scale: .category, categories: categories), marks: marks)
        let level = targets.first?.value.levelText ?? "95%"
        let told = zip(labels, categories).prefix(6).map { "\($0) \($1.annotations[0])" }
        return FigureModel(
            kind: "half-eye", panels: [panel],
            summary:
                "Posterior densities of \(curves.count == 1 ? "one quantity" : "\(curves.count) quantities"), with "
                + "medians, 66% and \(level) intervals: " + told.joined(separator: "; ")
                + (curves.count > 6 ? "; and more." : "."))
    }
}
